namespace MLflowSharp.Stores.Files;

/// <summary>Tracking URIs of a file store: a plain path such as <c>./mlruns</c> or <c>C:\runs</c>, <c>file:///full/path</c>, <c>file:relative</c>.</summary>
internal static class FileStoreUri
{
    /// <summary>Whether a URI names a folder: it has the scheme <c>file</c> or none at all. One letter before the colon is a Windows drive.</summary>
    public static bool Matches(string uri) => uri.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || Scheme(uri) is null;

    /// <summary>The absolute path of the store's folder.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when the URI names no local folder.</exception>
    public static string ToPath(string uri)
    {
        var path = uri;
        if (uri.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            path = uri["file:".Length..];
            if (path.StartsWith("//", StringComparison.Ordinal))
            {
                var slash = path.IndexOf('/', 2);
                var host = slash < 0 ? path[2..] : path[2..slash];
                // file://./mlruns is what MLflow itself makes of its default folder.
                if (host is not ("" or "localhost" or "." or ".."))
                    throw MlflowException.Invalid($"The tracking URI '{StoreUri.WithoutSecrets(uri)}' names the host '{host}'. Write file:/// (three slashes) and the full path of a local folder.");
                path = host is "." or ".." ? path[2..] : slash < 0 ? "" : path[slash..];
            }

            path = Uri.UnescapeDataString(path);
            if (path is ['/', _, ':', ..] && OperatingSystem.IsWindows())
                path = path[1..];
        }

        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
            throw MlflowException.Invalid($"The tracking URI '{uri}' names no folder. Write ./mlruns for a folder in the current one, or file:///full/path/mlruns.");
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
    }

    /// <summary>A local folder as the URI that MLflow writes into a store: <c>file:///full/path</c>, percent-encoded.</summary>
    public static string FromPath(string path)
    {
        var parts = path.Replace('\\', '/').Split('/').Select((part, i) => i == 0 && part.EndsWith(':') ? $"/{part}" : Uri.EscapeDataString(part));
        return "file://" + string.Join('/', parts);
    }

    private static string? Scheme(string uri) =>
        uri.IndexOf(':', StringComparison.Ordinal) is var colon and > 1 && char.IsAsciiLetter(uri[0]) && uri[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.')
            ? uri[..colon]
            : null;
}
