using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Server.LightPages.Writing;

namespace MLflowSharp.Server.LightPages.Artifacts;

/// <summary>Shows a file within the page.</summary>
internal sealed class ArtifactPreview(ArtifactFiles files, ArtifactOwner owner)
{
    /// <summary>Of longer texts the beginning is shown: 256 kB.</summary>
    private const int LongestText = 256 << 10;

    /// <summary>What browsers show of pictures and pages is their affair up to here: 50 MB.</summary>
    private const long LargestShown = 50 << 20;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<Html> RenderAsync(ArtifactInfo file, CancellationToken cancellationToken)
    {
        var kind = PreviewKinds.Of(file.Path);
        if (kind is PreviewKind.Picture or PreviewKind.Html)
        {
            if (file.FileSize > LargestShown)
                return $"<p class=\"empty\">Too large to show here. Download it.</p>";
            return kind == PreviewKind.Picture
                ? (Html)$"<img class=\"preview\" src=\"{owner.File(file.Path, show: true)}\" alt=\"{file.Path}\">"
                : $"<iframe class=\"preview\" sandbox=\"allow-scripts\" src=\"{owner.File(file.Path, show: true)}\" title=\"{file.Path}\"></iframe><p class=\"faint\">Shown in a place of its own, which reaches nothing else.</p>";
        }

        var bytes = await files.ReadAsync(owner, file.Path, LongestText + 1, cancellationToken);
        if (bytes.AsSpan(0, Math.Min(bytes.Length, 8192)).Contains((byte)0))
            return $"<p class=\"empty\">This is not text, so there is nothing to show. Download it.</p>";
        var isCut = bytes.Length > LongestText;
        var text = Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, LongestText))).TrimStart('\uFEFF');
        var shown = kind switch
        {
            PreviewKind.Markdown when !isCut => SafeMarkdown.Render(text),
            PreviewKind.Table => TablePreview.OfText(text, file.Path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : ',', isCut),
            PreviewKind.Json when !isCut => Json(text),
            _ => Plain(text),
        };
        return isCut ? $"<p class=\"notice\">The file has {Shown.Size(file.FileSize)}; this is its beginning.</p>{shown}" : shown;
    }

    private static Html Plain(string text) => text.Length == 0 ? (Html)$"<p class=\"empty\">An empty file.</p>" : $"<pre class=\"code\" tabindex=\"0\"><code>{text}</code></pre>";

    private static Html Json(string text)
    {
        try
        {
            // Writers that know NaN write more than JSON; such a text is shown as it is.
            var json = JsonNode.Parse(text);
            return TablePreview.OfJson(json) ?? Plain(json?.ToJsonString(Indented) ?? "null");
        }
        catch (JsonException)
        {
            return Plain(text);
        }
    }
}
