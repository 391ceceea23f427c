using System.Globalization;
using System.Text;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Reports;

/// <summary>The part of the report that shows one notebook.</summary>
internal static class NotebookHtml
{
    public static void Append(StringBuilder html, NotebookResult result, string anchor)
    {
        html.Append(CultureInfo.InvariantCulture,
            $"<section id=\"{anchor}\">\n<h2>{HtmlReport.Text(Path.GetFileName(result.Path))} {HtmlReport.Badge(result.Verdict)} <small>{HtmlReport.Seconds(result.Duration)}</small></h2>\n");
        if (result.Message is { } message) html.Append(CultureInfo.InvariantCulture, $"<pre class=\"message\">{AnsiHtml.Render(message)}</pre>\n");

        var cells = result.Cells.ToDictionary(cell => cell.Number);
        var folder = Path.GetDirectoryName(result.Path);
        if (result.Notebook is { } notebook)
        {
            foreach (var cell in notebook.Cells) AppendCell(html, cell, cells.GetValueOrDefault(cell.Number), notebook.Language, folder);
        }
        html.Append("</section>\n");
    }

    private static void AppendCell(StringBuilder html, NotebookCell cell, CellResult? result, string? language, string? folder)
    {
        switch (cell.Kind)
        {
            case CellKind.Markdown:
                html.Append(CultureInfo.InvariantCulture, $"<div class=\"markdown\">\n{MarkdownHtml.Render(cell.Source, folder, cell.Attachment)}</div>\n");
                break;
            case CellKind.Raw:
                html.Append(CultureInfo.InvariantCulture, $"<pre class=\"raw\">{HtmlReport.Text(cell.Source)}</pre>\n");
                break;
            case CellKind.Code when result is not null:
                AppendCode(html, cell, result, language, folder);
                break;
        }
    }

    private static void AppendCode(StringBuilder html, NotebookCell cell, CellResult result, string? language, string? folder)
    {
        var outcome = result.Verdict == Verdict.Failed ? " failed" : "";
        var seconds = result.Verdict is Verdict.Passed or Verdict.Failed ? HtmlReport.Seconds(result.Duration) : "";
        html.Append(CultureInfo.InvariantCulture,
            $"<article class=\"cell{outcome}\">\n<div class=\"bar\"><span class=\"count\">[{result.ExecutionCount?.ToString(CultureInfo.InvariantCulture) ?? " "}]</span>"
            + $"<span>cell {cell.Number}</span><span class=\"seconds\">{seconds}</span>{HtmlReport.Badge(result.Verdict)}</div>\n");
        html.Append(CodeHtml.Render(cell.Source, language)).Append('\n');
        if (result.Message is { } message) html.Append(CultureInfo.InvariantCulture, $"<pre class=\"message\">{AnsiHtml.Render(message)}</pre>\n");
        if (result.Outputs.Count > 0)
        {
            html.Append("<div class=\"outputs\">\n");
            foreach (var output in result.Outputs) html.Append(OutputHtml.Render(output, folder)).Append('\n');
            html.Append("</div>\n");
        }
        foreach (var note in result.ComparisonNotes) html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{HtmlReport.Text(note)}</p>\n");
        html.Append("</article>\n");
    }
}
