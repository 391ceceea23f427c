using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MLflowSharp.Server.LightPages.Writing;

/// <summary>Markdown that others wrote, as HTML that does nothing: no tags of theirs, links only to the web, no pictures from elsewhere.</summary>
internal static class SafeMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseTaskLists().UseAutoLinks().UseEmphasisExtras().Build();

    public static Html Render(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>())
        {
            // A picture's address would be asked for by every reader; as a link it is asked for by who wants it.
            link.IsImage = false;
            if (!IsWeb(link.Url))
                link.Url = "#";
        }

        foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !IsWeb(link.Url)))
            link.Url = "#";
        return $"<div class=\"markdown\">{Html.Trusted(document.ToHtml(Pipeline))}</div>";
    }

    private static bool IsWeb(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "mailto";
}
