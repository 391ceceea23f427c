namespace MLflowSharp.Artifacts.Transfer;

/// <summary>The media type that a file's name suggests.</summary>
internal static class MimeTypes
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [".txt"] = "text/plain", [".log"] = "text/plain", [".md"] = "text/markdown", [".csv"] = "text/csv", [".tsv"] = "text/tab-separated-values",
        [".html"] = "text/html", [".htm"] = "text/html", [".css"] = "text/css", [".js"] = "text/javascript", [".py"] = "text/x-python", [".xml"] = "text/xml",
        [".json"] = "application/json", [".yaml"] = "application/yaml", [".yml"] = "application/yaml", [".pdf"] = "application/pdf", [".zip"] = "application/zip",
        [".gz"] = "application/gzip", [".tar"] = "application/x-tar", [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif", [".svg"] = "image/svg+xml", [".webp"] = "image/webp", [".bmp"] = "image/bmp", [".wav"] = "audio/x-wav", [".mp3"] = "audio/mpeg", [".mp4"] = "video/mp4",
    };

    public static string Of(string path) => Known.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");
}
