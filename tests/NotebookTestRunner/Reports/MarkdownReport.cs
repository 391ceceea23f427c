using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace NotebookTestRunner.Reports;

/// <summary>A summary in Markdown, as it suits a comment on a change or GitHub's page of a workflow (<c>GITHUB_STEP_SUMMARY</c>).</summary>
public static partial class MarkdownReport
{
    // GitHub drops a summary of more than 1 MiB.
    private const int MostCharacters = 600_000;
    private const int MostOfOne = 6_000;

    /// <summary>Builds the text: a table of the notebooks, then what failed, each in a fold.</summary>
    /// <param name="results">The notebooks, in the order to show them.</param>
    /// <param name="title">The heading.</param>
    public static string Create(IReadOnlyList<NotebookResult> results, string title = "Notebook report")
    {
        ArgumentNullException.ThrowIfNull(results);
        var names = ReportNames.Of(results);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {Inline(title)}\n\n{ReportSummary.Sentence(results)}\n\n");
        text.Append("| | Notebook | Cells | Failed | Seconds | Memory |\n|---|---|--:|--:|--:|--:|\n");
        for (var i = 0; i < results.Count; i++)
        {
            var result = results[i];
            text.Append(CultureInfo.InvariantCulture,
                $"| {Sign(result.Verdict)} | {Inline(names[i])} | {result.Cells.Count} | {result.Count(Verdict.Failed)} | {result.Duration.TotalSeconds:0.0}{Slower(result)} | {Memory(result.PeakMemory)} |\n");
        }
        for (var i = 0; i < results.Count; i++) AppendFailures(text, results[i], names[i]);
        return text.ToString();
    }

    /// <summary>Writes the text to a file, in one step.</summary>
    /// <exception cref="NotebookRunException">The file cannot be written.</exception>
    public static Task WriteAsync(string path, IReadOnlyList<NotebookResult> results, string title = "Notebook report", CancellationToken cancellationToken = default) =>
        AtomicFile.WriteAsync(path, Create(results, title), "Markdown summary", cancellationToken);

    private static void AppendFailures(StringBuilder text, NotebookResult result, string name)
    {
        if (result.Message is { } message) AppendFold(text, name, message);
        foreach (var finding in result.Findings)
            AppendFold(text, finding.CellNumber is { } number ? $"{name}, cell {number}" : name, finding.ToString());
        foreach (var cell in result.Cells.Where(cell => cell.Verdict == Verdict.Failed))
            AppendFold(text, string.Create(CultureInfo.InvariantCulture, $"{name}, cell {cell.Number}: {cell.FirstLine}"), cell.Message ?? "failed");
    }

    private static void AppendFold(StringBuilder text, string heading, string message)
    {
        if (text.Length > MostCharacters) return;
        var clean = PlainReportText.Cut(PlainReportText.Clean(message), MostOfOne);
        // A fence longer than any in the text cannot be closed by it.
        var fence = new string('`', Math.Max(3, Ticks().Matches(clean).Select(match => match.Length + 1).DefaultIfEmpty(0).Max()));
        text.Append(CultureInfo.InvariantCulture, $"\n<details><summary>{WebUtility.HtmlEncode(PlainReportText.FirstLine(heading))}</summary>\n\n{fence}diff\n{clean}\n{fence}\n\n</details>\n");
        if (text.Length > MostCharacters) text.Append("\nMore failed than fits here: the other reports have them all.\n");
    }

    private static string Sign(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "✅",
        Verdict.Failed => "❌",
        Verdict.Skipped => "⏭️",
        _ => "⏹️",
    };

    private static string Slower(NotebookResult result) =>
        result.IsSlower ? string.Create(CultureInfo.InvariantCulture, $" (was {result.PreviousDuration!.Value.TotalSeconds:0.0})") : "";

    private static string Memory(long? bytes) => bytes is { } peak ? string.Create(CultureInfo.InvariantCulture, $"{peak / 1e6:0} MB") : "";

    private static string Inline(string text) => Special().Replace(WebUtility.HtmlEncode(PlainReportText.FirstLine(text)), @"\$0");

    [GeneratedRegex("`+")]
    private static partial Regex Ticks();

    [GeneratedRegex(@"[\\`*_{}\[\]|#~]")]
    private static partial Regex Special();
}
