using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NotebookTestRunner.Checks;

namespace NotebookTestRunner.Reports;

/// <summary>
/// A run as JSON, for programs. Its schema is the file <c>report.schema.json</c> beside this one; <c>version</c> changes when a reader of the old
/// format could no longer read the new one. What cells showed is not in it.
/// </summary>
public static class JsonReport
{
    /// <summary>The version of the format.</summary>
    public const int Version = 1;

    // For people who read it: characters stay as they are. It is no HTML.
    private static readonly ReportJson Json = new(new JsonSerializerOptions(ReportJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Builds the text.</summary>
    /// <param name="results">The notebooks, in the order to show them.</param>
    /// <param name="title">What to call the run.</param>
    public static string Create(IReadOnlyList<NotebookResult> results, string title = "Notebook report")
    {
        ArgumentNullException.ThrowIfNull(results);
        var cells = results.SelectMany(result => result.Cells).ToList();
        var names = ReportNames.Of(results);
        var report = new JsonRun(
            Version, title,
            results.Any(result => result.Verdict == Verdict.Failed) ? Verdict.Failed : results.Any(result => result.Verdict == Verdict.NotRun) ? Verdict.NotRun : Verdict.Passed,
            new(results.Count, cells.Count, Count(Verdict.Passed), Count(Verdict.Failed), Count(Verdict.Skipped), Count(Verdict.NotRun)),
            [.. results.Select((result, i) => Notebook(result, names[i]))]);
        return JsonSerializer.Serialize(report, Json.JsonRun) + "\n";

        int Count(Verdict verdict) => cells.Count(cell => cell.Verdict == verdict);
    }

    /// <summary>Writes the text to a file, in one step.</summary>
    /// <exception cref="NotebookRunException">The file cannot be written.</exception>
    public static Task WriteAsync(string path, IReadOnlyList<NotebookResult> results, string title = "Notebook report", CancellationToken cancellationToken = default) =>
        AtomicFile.WriteAsync(path, Create(results, title), "JSON report", cancellationToken);

    private static JsonNotebook Notebook(NotebookResult result, string name)
    {
        var lines = CellLines.Read(result.Path);
        return new(
            result.Path, name, result.KernelName, result.Verdict, result.StartedAt == default ? null : result.StartedAt, Seconds(result.Duration), Seconds(result.PreviousDuration), result.IsSlower,
            result.PeakMemory, result.Cancelled, result.Updated, result.CachedFrom, result.Message, Findings(result.Findings),
            [.. result.Sections.Select(section => new JsonSection(section.Title, section.CellNumber, section.Cells, section.Needs, section.NeedsAll, section.Verdict, Seconds(section.Duration)))],
            [.. result.Cells.Select(cell => Cell(cell, lines.TryGetValue(cell.Number, out var line) ? line : null))]);
    }

    private static JsonCell Cell(CellResult cell, int? line) => new(
        cell.Number, cell.CellId, cell.FirstLine, line, cell.Verdict, Seconds(cell.Duration), Seconds(cell.PreviousDuration), cell.IsSlower, cell.PeakMemory,
        cell.ExecutionCount, cell.Message, Findings(cell.Findings), cell.ComparisonNotes);

    private static IReadOnlyList<JsonFinding> Findings(IReadOnlyList<Finding> findings) =>
        [.. findings.Select(finding => new JsonFinding(finding.Check, finding.Severity, finding.CellNumber, finding.Message))];

    private static double Seconds(TimeSpan duration) => Math.Round(duration.TotalSeconds, 6);

    private static double? Seconds(TimeSpan? duration) => duration is { } known ? Seconds(known) : null;
}

/// <summary>The report.</summary>
internal sealed record JsonRun(int Version, string Title, Verdict Verdict, JsonTotals Totals, IReadOnlyList<JsonNotebook> Notebooks);

/// <summary>How many of what there are.</summary>
internal sealed record JsonTotals(int Notebooks, int Cells, int Passed, int Failed, int Skipped, int NotRun);

/// <summary>A notebook.</summary>
internal sealed record JsonNotebook(
    string Path, string Name, string? Kernel, Verdict Verdict, DateTimeOffset? StartedAt, double Seconds, double? PreviousSeconds, bool Slower, long? PeakMemoryBytes, bool Cancelled, bool Updated,
    DateTimeOffset? CachedFrom, string? Message, IReadOnlyList<JsonFinding> Findings, IReadOnlyList<JsonSection> Sections, IReadOnlyList<JsonCell> Cells);

/// <summary>A section that was run by itself.</summary>
internal sealed record JsonSection(string Title, int Cell, IReadOnlyList<int> Cells, IReadOnlyList<int> Needs, bool NeedsAll, Verdict Verdict, double Seconds);

/// <summary>A code cell.</summary>
internal sealed record JsonCell(
    int Number, string? Id, string FirstLine, int? Line, Verdict Verdict, double Seconds, double? PreviousSeconds, bool Slower, long? PeakMemoryBytes, int? ExecutionCount,
    string? Message, IReadOnlyList<JsonFinding> Findings, IReadOnlyList<string> Notes);

/// <summary>A finding.</summary>
internal sealed record JsonFinding(string Check, FindingSeverity Severity, int? Cell, string Message);

/// <summary>Writes the report.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(JsonRun))]
internal sealed partial class ReportJson : JsonSerializerContext;
