using System.Net;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Checks.Links;

/// <summary>What a Markdown cell links to, shows and can be linked to.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Links">Links and pictures, in order.</param>
/// <param name="Anchors">Headings and named elements, as they stand in an address after <c>#</c>.</param>
internal sealed partial record MarkdownLinks(NotebookCell Cell, IReadOnlyList<MarkdownLink> Links, IReadOnlySet<string> Anchors)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseFootnotes().UseEmphasisExtras().Build();

    /// <summary>Reads a cell.</summary>
    public static MarkdownLinks Read(NotebookCell cell)
    {
        var document = Markdown.Parse(cell.Source, Pipeline);
        var links = new List<MarkdownLink>();
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in document.Descendants())
        {
            switch (part)
            {
                case LinkInline link:
                    links.Add(new(link.Url ?? "", link.IsImage, TextOf(link)));
                    break;
                case AutolinkInline link:
                    links.Add(new(link.IsEmail ? $"mailto:{link.Url}" : link.Url, false, link.Url));
                    break;
                case HeadingBlock { Inline: { } title }:
                    anchors.UnionWith(HeadingAnchors(TextOf(title)));
                    break;
                case HtmlInline html:
                    ReadHtml(html.Tag, links, anchors);
                    break;
                case HtmlBlock html:
                    ReadHtml(html.Lines.ToString(), links, anchors);
                    break;
            }
        }
        return new(cell, links, anchors);
    }

    /// <summary>JupyterLab and the classic notebook put hyphens for blanks and keep the rest; GitHub and VS Code use small letters and drop punctuation.</summary>
    private static IEnumerable<string> HeadingAnchors(string title)
    {
        yield return title.Trim().Replace(' ', '-');
        yield return Punctuation().Replace(title.Trim().ToLowerInvariant(), "").Replace(' ', '-');
    }

    /// <summary>The plain text of a heading or link.</summary>
    public static string TextOf(ContainerInline container) => string.Concat(container.Descendants().Select(part => part switch
    {
        LiteralInline text => text.Content.ToString(),
        CodeInline code => code.Content,
        _ => "",
    }));

    private static void ReadHtml(string html, List<MarkdownLink> links, HashSet<string> anchors)
    {
        foreach (Match tag in Tags().Matches(Comments().Replace(html, "")))
        {
            var attributes = Attributes().Matches(tag.Groups["attributes"].Value)
                .GroupBy(match => match.Groups["name"].Value.ToLowerInvariant())
                .ToDictionary(group => group.Key, group => WebUtility.HtmlDecode(group.First().Groups["value"].Value.Trim('"', '\'')));
            if (attributes.GetValueOrDefault("id") is { } id) anchors.Add(id);
            switch (tag.Groups["tag"].Value.ToLowerInvariant())
            {
                case "a":
                    if (attributes.GetValueOrDefault("name") is { } name) anchors.Add(name);
                    if (attributes.GetValueOrDefault("href") is { } target) links.Add(new(target, false, target));
                    break;
                case "img":
                    links.Add(new(attributes.GetValueOrDefault("src") ?? "", true, attributes.GetValueOrDefault("alt") ?? ""));
                    break;
                case "video" or "audio" or "source" or "iframe" when attributes.GetValueOrDefault("src") is { } source:
                    links.Add(new(source, false, source));
                    break;
            }
        }
    }

    [GeneratedRegex(@"[^\p{L}\p{N}_ -]")]
    private static partial Regex Punctuation();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"<(?<tag>[A-Za-z][\w-]*)(?<attributes>(?:\s+[\w:-]+(?:\s*=\s*(?:""[^""]*""|'[^']*'|[^\s>]+))?)*)\s*/?>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"(?<name>[\w:-]+)\s*=\s*(?<value>""[^""]*""|'[^']*'|[^\s>]+)")]
    private static partial Regex Attributes();
}
