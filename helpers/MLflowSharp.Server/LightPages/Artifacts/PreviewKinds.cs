namespace MLflowSharp.Server.LightPages.Artifacts;

/// <summary>Tells by its name how a file is shown.</summary>
internal static class PreviewKinds
{
    public static PreviewKind Of(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" or ".jpg" or ".jpeg" or ".gif" or ".webp" or ".svg" or ".bmp" => PreviewKind.Picture,
        ".html" or ".htm" => PreviewKind.Html,
        ".json" => PreviewKind.Json,
        ".csv" or ".tsv" => PreviewKind.Table,
        ".md" => PreviewKind.Markdown,
        _ => PreviewKind.Text,
    };
}
