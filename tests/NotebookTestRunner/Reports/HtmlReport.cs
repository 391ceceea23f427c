using System.Globalization;
using System.Net;
using System.Text;

namespace NotebookTestRunner.Reports;

/// <summary>
/// One self-contained HTML page about a run: a table of the notebooks, then each notebook as its reader sees it, with verdict and
/// seconds beside each code cell. It holds no script and loads nothing from anywhere; pictures are inside.
/// </summary>
public static class HtmlReport
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";

    /// <summary>Builds the page.</summary>
    /// <param name="results">The notebooks, in the order to show them.</param>
    /// <param name="title">The page's title.</param>
    public static string Create(IReadOnlyList<NotebookResult> results, string title = "Notebook report")
    {
        ArgumentNullException.ThrowIfNull(results);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="color-scheme" content="light dark">
            <title>{Text(title)}</title>
            <style>
            {EmbeddedStyle.Page}</style>
            </head>
            <body>
            <header>
            <h1>{Text(title)}</h1>
            <p class="lead">{Text(ReportSummary.Sentence(results))}</p>
            </header>
            <main>

            """);
        AppendTable(html, results);
        for (var i = 0; i < results.Count; i++) NotebookHtml.Append(html, results[i], Anchor(i));
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    /// <summary>
    /// Writes the page to a file, in one step: written after each notebook, it always shows all that is known, whatever happens
    /// next.
    /// </summary>
    /// <exception cref="NotebookRunException">The file cannot be written.</exception>
    public static Task WriteAsync(string path, IReadOnlyList<NotebookResult> results, string title = "Notebook report", CancellationToken cancellationToken = default) =>
        AtomicFile.WriteAsync(path, Create(results, title), "HTML report", cancellationToken);

    internal static string Badge(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "<span class=\"badge passed\">passed</span>",
        Verdict.Failed => "<span class=\"badge failed\">failed</span>",
        Verdict.Skipped => "<span class=\"badge skipped\">skipped</span>",
        _ => "<span class=\"badge notrun\">not run</span>",
    };

    internal static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString(duration.TotalSeconds < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " s";

    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Anchor(int index) => string.Create(CultureInfo.InvariantCulture, $"notebook-{index + 1}");

    private static void AppendTable(StringBuilder html, IReadOnlyList<NotebookResult> results)
    {
        html.Append("<div class=\"scroll\"><table class=\"summary\">\n<thead><tr><th>Notebook</th><th>Kernel</th><th class=\"number\">Cells</th><th class=\"number\">Seconds</th><th>Verdict</th></tr></thead>\n<tbody>\n");
        for (var i = 0; i < results.Count; i++)
        {
            var result = results[i];
            html.Append(CultureInfo.InvariantCulture,
                $"<tr><td><a href=\"#{Anchor(i)}\">{Text(Path.GetFileNameWithoutExtension(result.Path))}</a></td><td>{Text(result.KernelName ?? "")}</td>"
                + $"<td class=\"number\">{result.Cells.Count}</td><td class=\"number\">{result.Duration.TotalSeconds:0.0}</td><td>{Badge(result.Verdict)}</td></tr>\n");
        }
        html.Append("</tbody>\n</table></div>\n");
    }
}
