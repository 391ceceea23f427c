using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NotebookTestRunner.Coverage;

/// <summary>What notebooks run of libraries, as JSON for programs: of all together the lines with how many notebooks ran each, and which each of them ran.</summary>
public static class CoverageJson
{
    private static readonly CoverageFileJson Json = new(new JsonSerializerOptions(CoverageFileJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Builds the text.</summary>
    /// <param name="coverage">What ran.</param>
    /// <param name="root">Files below this folder are named relative to it.</param>
    public static string Create(NotebookCoverage coverage, string? root = null)
    {
        ArgumentNullException.ThrowIfNull(coverage);
        var report = new JsonCoverage(
            [.. coverage.Files().Select(file => new JsonSource(file.Origin, file.PathFrom(root), file.Lines))],
            [.. coverage.Notebooks.Select(notebook => new JsonNotebookLines(FolderPath.Shown(notebook, root), coverage.IsCounted(notebook),
                [.. coverage.Files(notebook).Select(file => new JsonRanLines(file.PathFrom(root), [.. file.Lines.Where(line => line.Ran).Select(line => line.Number)]))]))]);
        return JsonSerializer.Serialize(report, Json.JsonCoverage) + "\n";
    }
}

/// <summary>The report.</summary>
internal sealed record JsonCoverage(IReadOnlyList<JsonSource> Files, IReadOnlyList<JsonNotebookLines> Notebooks);

/// <summary>A file of source.</summary>
internal sealed record JsonSource(string Origin, string Path, IReadOnlyList<SourceLine> Lines);

/// <summary>A notebook.</summary>
internal sealed record JsonNotebookLines(string Path, bool Counted, IReadOnlyList<JsonRanLines> Files);

/// <summary>What a notebook ran of a file.</summary>
internal sealed record JsonRanLines(string Path, IReadOnlyList<int> Lines);

/// <summary>How the report is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonCoverage))]
internal sealed partial class CoverageFileJson : JsonSerializerContext;
