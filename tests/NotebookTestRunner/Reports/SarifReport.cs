using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NotebookTestRunner.Reports;

/// <summary>
/// What failed, and warnings, as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), as code scanning and editors read it:
/// each with the notebook's file, the line at which its cell begins, and the cell. What passed is not in it.
/// </summary>
public static class SarifReport
{
    // Like the JSON report, it is for people too.
    private static readonly SarifJson Json = new(new JsonSerializerOptions(SarifJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Builds the text.</summary>
    /// <param name="results">The notebooks, in the order to show them.</param>
    /// <param name="root">The root of the repository: files are named relative to it.</param>
    public static string Create(IReadOnlyList<NotebookResult> results, string root)
    {
        ArgumentNullException.ThrowIfNull(results);
        var found = results.SelectMany(result => ReportProblem.Of(result).Select(problem => (Problem: problem, result.Path))).ToList();
        var rules = found.Select(one => one.Problem.Check).Distinct().Order(StringComparer.Ordinal).Select(check => new SarifRule(check, new(Describe(check)))).ToList();
        var log = new SarifLog(
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", "2.1.0",
            [
                new(
                    new(new("NotebookTestRunner", rules)), [new(results.All(result => result.Verdict != Verdict.NotRun && !result.Cancelled))],
                    new Dictionary<string, SarifPlace> { [Root] = new(new Uri(Path.GetFullPath(root) + Path.DirectorySeparatorChar).AbsoluteUri, null) },
                    [.. found.Select(one => Result(one.Problem, Path.GetRelativePath(root, one.Path)))]),
            ]);
        return JsonSerializer.Serialize(log, Json.SarifLog) + "\n";
    }

    /// <summary>Writes the text to a file, in one step.</summary>
    /// <exception cref="NotebookRunException">The file cannot be written.</exception>
    public static Task WriteAsync(string path, IReadOnlyList<NotebookResult> results, string root, CancellationToken cancellationToken = default) =>
        AtomicFile.WriteAsync(path, Create(results, root), "SARIF report", cancellationToken);

    private const string Root = "ROOT";

    private static SarifResult Result(ReportProblem problem, string file) => new(
        problem.Check, problem.IsError ? "error" : "warning", new($"{problem.Title}\n{problem.Message}"),
        [
            new(
                new(new(Uri.EscapeDataString(file.Replace('\\', '/')).Replace("%2F", "/", StringComparison.Ordinal), Root), new(problem.Line)),
                problem.Cell is { } cell ? [new(FormattableString.Invariant($"cell {cell}"), "member")] : null),
        ]);

    private static string Describe(string check) => check switch
    {
        ReportProblem.OfCell => "A cell fails, or does not show what the notebook stores.",
        ReportProblem.OfNotebook => "A notebook could not be run, or not be stored.",
        _ => $"The check \"{check}\" of the notebook found something.",
    };
}

/// <summary>The file.</summary>
internal sealed record SarifLog([property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<SarifRun> Runs);

/// <summary>A run of the tool.</summary>
internal sealed record SarifRun(SarifTool Tool, IReadOnlyList<SarifInvocation> Invocations, IReadOnlyDictionary<string, SarifPlace> OriginalUriBaseIds, IReadOnlyList<SarifResult> Results);

/// <summary>The tool.</summary>
internal sealed record SarifTool(SarifDriver Driver);

/// <summary>The tool's main program, and what it can find.</summary>
internal sealed record SarifDriver(string Name, IReadOnlyList<SarifRule> Rules);

/// <summary>A kind of finding.</summary>
internal sealed record SarifRule(string Id, SarifText ShortDescription);

/// <summary>How the run ended.</summary>
internal sealed record SarifInvocation(bool ExecutionSuccessful);

/// <summary>A finding.</summary>
internal sealed record SarifResult(string RuleId, string Level, SarifText Message, IReadOnlyList<SarifLocation> Locations);

/// <summary>A text.</summary>
internal sealed record SarifText(string Text);

/// <summary>Where it is.</summary>
internal sealed record SarifLocation(SarifFilePlace PhysicalLocation, IReadOnlyList<SarifCell>? LogicalLocations);

/// <summary>A part of a file.</summary>
internal sealed record SarifFilePlace(SarifPlace ArtifactLocation, SarifRegion Region);

/// <summary>A file or folder.</summary>
internal sealed record SarifPlace(string Uri, string? UriBaseId);

/// <summary>Lines of a file.</summary>
internal sealed record SarifRegion(int StartLine);

/// <summary>A cell.</summary>
internal sealed record SarifCell(string Name, string Kind);

/// <summary>Writes the file.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SarifLog))]
internal sealed partial class SarifJson : JsonSerializerContext;
