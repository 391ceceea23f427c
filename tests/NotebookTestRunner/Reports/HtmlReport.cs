using System.Globalization;
using System.Net;
using System.Text;

namespace NotebookTestRunner.Reports;

/// <summary>
/// One self-contained HTML page about a run: a table of the notebooks, the slowest cells, then each notebook as its reader sees it, with verdict,
/// seconds and memory beside each code cell, and what is stored beside what was shown where they differ. It loads nothing from anywhere, and no
/// script but its own few lines can run: outputs are not trusted.
/// </summary>
public static class HtmlReport
{
    /// <summary>Builds the page.</summary>
    /// <param name="results">The notebooks, in the order to show them.</param>
    /// <param name="title">The page's title.</param>
    public static string Create(IReadOnlyList<NotebookResult> results, string title = "Notebook report")
    {
        ArgumentNullException.ThrowIfNull(results);
        var names = ReportNames.Of(results);
        var html = new StringBuilder();
        OverviewHtml.Append(html, results, names);
        for (var i = 0; i < results.Count; i++) NotebookHtml.Append(html, results[i], names[i], Anchor(i));
        return Page(title, ReportSummary.Sentence(results), html.ToString());
    }

    /// <summary>A page in this style, for other reports: it loads nothing from anywhere, and no script but this report's can run.</summary>
    /// <param name="title">The title, as text.</param>
    /// <param name="lead">The sentence below it, as text.</param>
    /// <param name="content">What follows, as HTML.</param>
    public static string Page(string title, string lead, string content) => string.Create(CultureInfo.InvariantCulture, $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src '{EmbeddedStyle.ScriptHash}'; form-action 'none'; base-uri 'none'">
        <meta name="color-scheme" content="light dark">
        <title>{Text(title)}</title>
        <style>
        {EmbeddedStyle.Page}</style>
        </head>
        <body>
        <header>
        <h1>{Text(title)}</h1>
        <p class="lead">{Text(lead)}</p>
        </header>
        <main>
        {content}</main>
        <script>{EmbeddedStyle.Script}</script>
        </body>
        </html>

        """);

    /// <summary>
    /// Writes the page to a file, in one step: written after each notebook, it always shows all that is known, whatever happens
    /// next.
    /// </summary>
    /// <exception cref="NotebookRunException">The file cannot be written.</exception>
    public static Task WriteAsync(string path, IReadOnlyList<NotebookResult> results, string title = "Notebook report", CancellationToken cancellationToken = default) =>
        AtomicFile.WriteAsync(path, Create(results, title), "HTML report", cancellationToken);

    internal static string Badge(NotebookResult result) => result.CouldNotBeRun ? "<span class=\"badge failed\">could not be run</span>" : Badge(result.Verdict);

    internal static string Badge(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "<span class=\"badge passed\">passed</span>",
        Verdict.Failed => "<span class=\"badge failed\">failed</span>",
        Verdict.Skipped => "<span class=\"badge skipped\">skipped</span>",
        _ => "<span class=\"badge notrun\">not run</span>",
    };

    internal static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString(duration.TotalSeconds < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " s";

    internal static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB");

    /// <summary>Seconds, and what they were in the last run where that is news.</summary>
    internal static string SecondsWithTrend(TimeSpan duration, TimeSpan? before, bool isSlower) =>
        isSlower && before is { } last ? $"<span class=\"slower\" title=\"slower than in the last run\">{Seconds(duration)} <small>was {Seconds(last)}</small></span>" : Seconds(duration);

    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    internal static string Anchor(int index) => string.Create(CultureInfo.InvariantCulture, $"notebook-{index + 1}");
}
