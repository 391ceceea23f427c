using System.Globalization;
using System.Text;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Reports;

/// <summary>The part of the page that shows one notebook.</summary>
internal static class NotebookHtml
{
    public static void Append(StringBuilder html, NotebookResult result, string name, string anchor)
    {
        html.Append(CultureInfo.InvariantCulture,
            $"<section id=\"{anchor}\" class=\"{(result.Verdict == Verdict.Failed ? "bad" : "good")}\" tabindex=\"-1\">\n<h2>{HtmlReport.Text(name)} {HtmlReport.Badge(result)} "
            + $"<small>{HtmlReport.SecondsWithTrend(result.Duration, result.PreviousDuration, result.IsSlower)}{(result.PeakMemory is { } peak ? " · " + HtmlReport.Megabytes(peak) : "")}</small></h2>\n"
            + $"<p class=\"path\">{HtmlReport.Text(result.Path)}</p>\n");
        if (result.Message is { } message)
            html.Append(CultureInfo.InvariantCulture, $"<pre class=\"message{(result.Cancelled ? "" : " problem")}\" tabindex=\"-1\">{AnsiHtml.Render(message)}</pre>\n");
        foreach (var finding in result.Findings) AppendFinding(html, finding, alone: true);
        if (result.Sections.Count > 0) AppendSections(html, result);

        var cells = result.Cells.ToDictionary(cell => cell.Number);
        var folder = Path.GetDirectoryName(result.Path);
        if (result.Notebook is { } notebook)
        {
            foreach (var cell in notebook.Cells) AppendCell(html, cell, cells.GetValueOrDefault(cell.Number), notebook.Language, folder, anchor);
        }
        html.Append("</section>\n");
    }

    private static void AppendFinding(StringBuilder html, Finding finding, bool alone) => html.Append(
        CultureInfo.InvariantCulture,
        $"<div class=\"finding {(finding.IsError ? "error" : "warning")}{(alone && finding.IsError ? " problem" : "")}\"{(alone ? " tabindex=\"-1\"" : "")}>"
        + $"<b>{HtmlReport.Text(finding.Check)}</b>{(alone && finding.CellNumber is { } number ? string.Create(CultureInfo.InvariantCulture, $" cell {number}") : "")}"
        + $"<pre>{AnsiHtml.Render(finding.Message)}</pre></div>\n");

    private static void AppendSections(StringBuilder html, NotebookResult result)
    {
        html.Append("<details class=\"message\"><summary>Sections by themselves</summary><table><tr><th>Section</th><th>Cells</th><th>After cells</th><th>Verdict</th></tr>\n");
        foreach (var section in result.Sections)
        {
            html.Append(CultureInfo.InvariantCulture,
                $"<tr><td>{HtmlReport.Text(section.Title)}</td><td>{string.Join(", ", section.Cells)}</td><td>{(section.NeedsAll ? "all above" : string.Join(", ", section.Needs))}</td><td>{HtmlReport.Badge(section.Verdict)}</td></tr>\n");
        }
        html.Append("</table></details>\n");
    }

    private static void AppendCell(StringBuilder html, NotebookCell cell, CellResult? result, string? language, string? folder, string anchor)
    {
        switch (cell.Kind)
        {
            case CellKind.Markdown:
                html.Append(CultureInfo.InvariantCulture, $"<div class=\"markdown prose\">\n{MarkdownHtml.Render(cell.Source, folder, cell.Attachment)}</div>\n");
                break;
            case CellKind.Raw:
                html.Append(CultureInfo.InvariantCulture, $"<pre class=\"raw prose\">{HtmlReport.Text(cell.Source)}</pre>\n");
                break;
            case CellKind.Code when result is not null:
                AppendCode(html, cell, result, language, folder, anchor);
                break;
        }
    }

    private static void AppendCode(StringBuilder html, NotebookCell cell, CellResult result, string? language, string? folder, string anchor)
    {
        var wasExecuted = result.Duration > TimeSpan.Zero;
        html.Append(CultureInfo.InvariantCulture,
            $"<article class=\"cell {result.Verdict.ToString().ToLowerInvariant()}{(result.Verdict == Verdict.Failed ? " problem" : "")}\" id=\"{anchor}-cell-{cell.Number}\" tabindex=\"-1\">\n"
            + $"<div class=\"bar\"><span class=\"count\">[{result.ExecutionCount?.ToString(CultureInfo.InvariantCulture) ?? " "}]</span>"
            + $"<a href=\"#{anchor}-cell-{cell.Number}\">cell {cell.Number}</a>"
            + $"<span class=\"seconds\">{(wasExecuted ? HtmlReport.SecondsWithTrend(result.Duration, result.PreviousDuration, result.IsSlower) : "")}"
            + $"{(result.PeakMemory is { } peak ? " · " + HtmlReport.Megabytes(peak) : "")}</span>{HtmlReport.Badge(result.Verdict)}</div>\n");
        html.Append(CodeHtml.Render(cell.Source, language)).Append('\n');
        AppendVerdict(html, result, folder);
        if (result.Outputs.Count > 0 && result.Differences.Count == 0)
        {
            html.Append("<div class=\"outputs\">\n");
            foreach (var output in result.Outputs) html.Append(OutputHtml.Render(output, folder)).Append('\n');
            html.Append("</div>\n");
        }
        foreach (var note in result.ComparisonNotes) html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{HtmlReport.Text(note)}</p>\n");
        html.Append("</article>\n");
    }

    /// <summary>Why it failed: outputs side by side with the words in a fold, or the words; then what checks found.</summary>
    private static void AppendVerdict(StringBuilder html, CellResult result, string? folder)
    {
        if (result.Differences.Count > 0)
        {
            var (head, rest) = (result.Message ?? "").Split('\n', 2) is [var first, var others] ? (first, others) : (result.Message ?? "", "");
            if (head.Length > 0)
                html.Append(CultureInfo.InvariantCulture, $"<details class=\"message\"><summary>{AnsiHtml.Render(head)}</summary><pre>{AnsiHtml.Render(rest)}</pre></details>\n");
            DifferenceHtml.Append(html, result, folder);
        }
        else if (result.Message is { } message)
        {
            html.Append(CultureInfo.InvariantCulture, $"<pre class=\"message{(result.Verdict == Verdict.Failed ? "" : " soft")}\">{AnsiHtml.Render(message)}</pre>\n");
        }
        foreach (var finding in result.Findings.Where(finding => !finding.IsError)) AppendFinding(html, finding, alone: false);
    }
}
