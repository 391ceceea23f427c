using System.Net;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NotebookTestRunner.Reports;

/// <summary>Renders the prose of a notebook, pictures inside.</summary>
internal static class MarkdownHtml
{
    private const long LargestPicture = 5_000_000;

    private static readonly MarkdownPipeline Pipeline = Build();
    private static readonly MarkdownPipeline WithoutHtml = Build(builder => builder.DisableHtml());

    /// <summary>Renders Markdown to HTML.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="folder">The notebook's folder, from which relative pictures are read; null for none.</param>
    /// <param name="attachment">Finds a file attached to the cell by its name.</param>
    public static string Render(string markdown, string? folder, Func<string, (string MimeType, string Base64)?> attachment)
    {
        if (!ActiveHtml.Acts(markdown))
        {
            var html = Render(markdown, Pipeline, folder, attachment);
            // What it leaves open would swallow the rest of the page.
            if (HtmlShape.IsBalanced(html)) return html;
        }
        return Render(markdown, WithoutHtml, folder, attachment);
    }

    private static string Render(string markdown, MarkdownPipeline pipeline, string? folder, Func<string, (string MimeType, string Base64)?> attachment)
    {
        var document = Markdown.Parse(markdown, pipeline);
        foreach (var picture in document.Descendants<LinkInline>().Where(link => link.IsImage))
            picture.Url = Embed(picture.Url ?? "", folder, attachment) ?? picture.Url;
        foreach (var link in document.Descendants<LinkInline>().Where(link => !link.IsImage && !IsHarmless(link.Url)))
            link.Url = "#";
        return document.ToHtml(pipeline);
    }

    private static bool IsHarmless(string? url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is "http" or "https" or "mailto" or "file";

    private static MarkdownPipeline Build(Action<MarkdownPipelineBuilder>? configure = null)
    {
        var builder = new MarkdownPipelineBuilder().UsePipeTables().UseTaskLists().UseAutoLinks().UseFootnotes().UseEmphasisExtras();
        configure?.Invoke(builder);
        return builder.Build();
    }

    private static string? Embed(string url, string? folder, Func<string, (string MimeType, string Base64)?> attachment)
    {
        if (url.StartsWith("attachment:", StringComparison.Ordinal))
            return attachment(WebUtility.UrlDecode(url["attachment:".Length..])) is { } file ? $"data:{file.MimeType};base64,{file.Base64}" : null;
        if (folder is null || url.Length == 0 || Uri.TryCreate(url, UriKind.Absolute, out _) || MimeType(url) is not { } mimeType) return null;

        var path = Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(url.Split('?', '#')[0])));
        var picture = new FileInfo(path);
        return picture.Exists && picture.Length <= LargestPicture ? $"data:{mimeType};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}" : null;
    }

    private static string? MimeType(string url) => Path.GetExtension(url.Split('?', '#')[0]).ToLowerInvariant() switch
    {
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        _ => null,
    };
}
