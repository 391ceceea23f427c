using System.Net;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Reports;

/// <summary>Renders outputs as a reader of the notebook sees them, from the best form that needs no script.</summary>
internal static class OutputHtml
{
    private static readonly string[] Pictures = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    public static string Render(CellOutput output, string? folder) => output switch
    {
        StreamOutput stream => $"<pre class=\"stream {(stream.Name == "stderr" ? "stderr" : "stdout")}\">{Ansi(stream.Text)}</pre>",
        ErrorOutput error => $"<pre class=\"error\">{Ansi(error.Traceback.Count > 0 ? string.Join('\n', error.Traceback) : $"{error.Name}: {error.Value}")}</pre>",
        DisplayOutput display => Bundle(display, folder),
        _ => $"<pre>{WebUtility.HtmlEncode(output.ToJson().ToJsonString())}</pre>",
    };

    /// <summary>What a single output shows beyond this is cut: a page of many megabytes is of no use to anybody.</summary>
    private const int MostCharacters = 200_000;

    private static string Ansi(string text) => AnsiHtml.Render(PlainReportText.Cut(text, MostCharacters));

    private static string Bundle(DisplayOutput output, string? folder)
    {
        var plain = output.Text("text/plain");
        // A figure inside an <img> can run nothing and cannot spoil the page; its text form says what it shows.
        if (output.Text("image/svg+xml") is { } svg) return Image("image/svg+xml", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(svg)), plain);
        foreach (var type in Pictures)
        {
            if (output.Text(type) is { } base64) return Image(type, base64.ReplaceLineEndings(""), plain);
        }
        if (output.Text("text/html") is { } html && html.Length <= 10 * MostCharacters && !ActiveHtml.IsIn(html))
            // A shadow root keeps the output's own styles inside, without a script; the outer element keeps it in its place whatever it says of itself.
            return $"<div class=\"html\"><div><template shadowrootmode=\"open\"><style>{EmbeddedStyle.Output}</style>{html}</template></div></div>";
        if (output.Text("text/markdown") is { } markdown) return $"<div class=\"markdown\">{MarkdownHtml.Render(markdown, folder, _ => null)}</div>";
        if (plain is not null) return $"<pre>{Ansi(plain)}</pre>";

        var first = output.Data.Keys.Order(StringComparer.Ordinal).FirstOrDefault();
        return first is null
            ? "<p class=\"note\">an empty display</p>"
            : $"<p class=\"note\">shown as {WebUtility.HtmlEncode(string.Join(", ", output.Data.Keys.Order(StringComparer.Ordinal)))}, which needs a notebook front end</p>";
    }

    private static string Image(string type, string base64, string? text) =>
        $"<img src=\"data:{type};base64,{WebUtility.HtmlEncode(base64)}\" alt=\"{WebUtility.HtmlEncode(text ?? "")}\">";
}
