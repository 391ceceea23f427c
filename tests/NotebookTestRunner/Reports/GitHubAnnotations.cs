using System.Globalization;

namespace NotebookTestRunner.Reports;

/// <summary>
/// Failures as GitHub's workflow commands, which show them beside the notebook's lines:
/// https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message.
/// </summary>
public static class GitHubAnnotations
{
    // A log shows the whole message; an annotation of many screens is of no use.
    private const int MostCharacters = 4000;

    /// <summary>One command for each failed cell and each finding, in the order of the notebooks and cells.</summary>
    /// <param name="results">The notebooks.</param>
    /// <param name="root">The root of the repository: files are named relative to it, as GitHub needs them.</param>
    public static IReadOnlyList<string> Create(IReadOnlyList<NotebookResult> results, string root)
    {
        ArgumentNullException.ThrowIfNull(results);
        return [.. results.SelectMany(result => Of(result, Path.GetRelativePath(root, result.Path).Replace('\\', '/')))];
    }

    private static IEnumerable<string> Of(NotebookResult result, string file)
    {
        var lines = new Lazy<IReadOnlyDictionary<int, int>>(() => CellLines.Read(result.Path));
        var name = Path.GetFileName(result.Path);
        if (result is { Message: { } message, Cancelled: false })
            yield return Command("error", file, 1, name, message);
        foreach (var finding in result.Findings)
            yield return Command(finding.IsError ? "error" : "warning", file, Line(finding.CellNumber), Title(finding.CellNumber, null), finding.ToString());
        foreach (var cell in result.Cells)
        {
            if (cell.Verdict == Verdict.Failed)
                yield return Command("error", file, Line(cell.Number), Title(cell.Number, cell.FirstLine), cell.Message ?? "failed");
            foreach (var finding in cell.Findings.Where(finding => !finding.IsError))
                yield return Command("warning", file, Line(cell.Number), Title(cell.Number, cell.FirstLine), finding.ToString());
        }

        int Line(int? cell) => cell is { } number ? lines.Value.GetValueOrDefault(number, 1) : 1;
        string Title(int? cell, string? firstLine) =>
            cell is null ? name : string.Create(CultureInfo.InvariantCulture, $"{name}, cell {cell}{(firstLine is null ? "" : $": {firstLine}")}");
    }

    private static string Command(string kind, string file, int line, string title, string message) => string.Create(
        CultureInfo.InvariantCulture,
        $"::{kind} file={Property(file)},line={line},title={Property(PlainReportText.FirstLine(title))}::{Data(PlainReportText.Cut(PlainReportText.Clean(message), MostCharacters))}");

    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
