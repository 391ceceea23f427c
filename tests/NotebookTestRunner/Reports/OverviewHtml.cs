using System.Globalization;
using System.Text;

namespace NotebookTestRunner.Reports;

/// <summary>The top of the page: where the time went, the notebooks, the slowest cells, and what to show below.</summary>
internal static class OverviewHtml
{
    private const int MostSlow = 10;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(0.2);

    public static void Append(StringBuilder html, IReadOnlyList<NotebookResult> results, IReadOnlyList<string> names)
    {
        AppendBar(html, results, names);
        AppendTable(html, results, names);
        AppendSlowest(html, results, names);
        html.Append("""
            <fieldset class="filter"><legend>Show</legend>
            <label><input type="radio" name="show" id="show-all" checked> all cells</label>
            <label><input type="radio" name="show" id="show-failed"> only what failed</label>
            <span class="keys"><kbd>f</kbd> switch · <kbd>j</kbd> <kbd>k</kbd> next, previous failure · <kbd>n</kbd> <kbd>p</kbd> notebook</span>
            </fieldset>

            """);
    }

    private static void AppendBar(StringBuilder html, IReadOnlyList<NotebookResult> results, IReadOnlyList<string> names)
    {
        if (results.All(result => result.Duration == TimeSpan.Zero)) return;
        html.Append("<div class=\"timing\" role=\"img\" aria-label=\"the time of each notebook\">");
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i].Duration == TimeSpan.Zero) continue;
            var what = string.Create(CultureInfo.InvariantCulture, $"{names[i]}: {HtmlReport.Seconds(results[i].Duration)}");
            html.Append(CultureInfo.InvariantCulture,
                $"<a href=\"#{HtmlReport.Anchor(i)}\" class=\"{ClassOf(results[i].Verdict)}\" style=\"flex-grow:{results[i].Duration.TotalMilliseconds:0}\" title=\"{HtmlReport.Text(what)}\"><span>{HtmlReport.Text(names[i])}</span></a>");
        }
        html.Append("</div>\n");
    }

    private static void AppendTable(StringBuilder html, IReadOnlyList<NotebookResult> results, IReadOnlyList<string> names)
    {
        html.Append("<div class=\"scroll\"><table class=\"summary\">\n<thead><tr><th>Notebook</th><th>Kernel</th><th class=\"number\">Cells</th><th class=\"number\">Failures</th>"
            + "<th class=\"number\">Time</th><th class=\"number\">Memory</th><th>Verdict</th></tr></thead>\n<tbody>\n");
        for (var i = 0; i < results.Count; i++)
        {
            var result = results[i];
            var failed = result.Count(Verdict.Failed) + result.Findings.Count(finding => finding.IsError);
            html.Append(CultureInfo.InvariantCulture,
                $"<tr class=\"{ClassOf(result.Verdict)}\"><td><a href=\"#{HtmlReport.Anchor(i)}\">{HtmlReport.Text(names[i])}</a></td><td>{HtmlReport.Text(result.KernelName ?? "")}</td>"
                + $"<td class=\"number\">{(result.Cells.Count > 0 ? result.Cells.Count.ToString(CultureInfo.InvariantCulture) : "")}</td><td class=\"number\">{(failed > 0 ? failed.ToString(CultureInfo.InvariantCulture) : "")}</td>"
                + $"<td class=\"number\">{(result.Duration == TimeSpan.Zero ? "" : HtmlReport.SecondsWithTrend(result.Duration, result.PreviousDuration, result.IsSlower))}</td>"
                + $"<td class=\"number\">{(result.PeakMemory is { } peak ? HtmlReport.Megabytes(peak) : "")}</td><td>{HtmlReport.Badge(result)}</td></tr>\n");
        }
        html.Append("</tbody>\n</table></div>\n");
    }

    private static void AppendSlowest(StringBuilder html, IReadOnlyList<NotebookResult> results, IReadOnlyList<string> names)
    {
        var slowest = ReportSummary.Slowest(results, MostSlow, Slow);
        if (slowest.Count == 0) return;
        var longest = slowest[0].Cell.Duration.TotalSeconds;
        html.Append("<details class=\"slowest\"><summary>The slowest cells</summary>\n<div class=\"scroll\"><table>\n");
        foreach (var (notebook, cell) in slowest)
        {
            var i = results.ToList().IndexOf(notebook);
            html.Append(CultureInfo.InvariantCulture,
                $"<tr><td class=\"number\">{HtmlReport.SecondsWithTrend(cell.Duration, cell.PreviousDuration, cell.IsSlower)}</td>"
                + $"<td class=\"share\"><i style=\"width:{100 * cell.Duration.TotalSeconds / longest:0.#}%\"></i></td>"
                + $"<td><a href=\"#{HtmlReport.Anchor(i)}-cell-{cell.Number}\">{HtmlReport.Text(names[i])}, cell {cell.Number}</a></td><td><code>{HtmlReport.Text(cell.FirstLine)}</code></td></tr>\n");
        }
        html.Append("</table></div></details>\n");
    }

    private static string ClassOf(Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
