namespace MLflowSharp.Artifacts;

/// <summary>Artifact locations as MLflow writes and reads them: plain absolute paths, <c>file:</c> URIs, or other URIs.</summary>
internal static class ArtifactUri
{
    /// <summary>
    /// Makes a local location absolute, in the form MLflow stores: a plain path with forward slashes, on Windows a
    /// <c>file:///C:/…</c> URI. Locations with another scheme are kept.
    /// </summary>
    public static string Resolve(string location)
    {
        if (location.StartsWith("file:", StringComparison.Ordinal) || HasScheme(location))
            return location;
        var path = Path.GetFullPath(location).Replace('\\', '/').TrimEnd('/');
        return OperatingSystem.IsWindows() ? $"file:///{path}" : path;
    }

    /// <summary>Appends a relative path, before a query if there is one.</summary>
    public static string Append(string location, string path)
    {
        var query = HasScheme(location) ? location.IndexOf('?', StringComparison.Ordinal) : -1;
        var end = query < 0 ? location.Length : query;
        return $"{location[..end].TrimEnd('/')}/{path}{location[end..]}";
    }

    /// <summary>The local folder of a location, or null when it is not local. Like MLflow it percent-decodes plain paths too.</summary>
    public static string? ToLocalPath(string location)
    {
        if (location.StartsWith("file:", StringComparison.Ordinal))
        {
            var path = location["file:".Length..];
            if (path.StartsWith("//", StringComparison.Ordinal))
                path = path.IndexOf('/', 2) is var slash and > 0 ? path[slash..] : "";
            path = Uri.UnescapeDataString(path);
            return OperatingSystem.IsWindows() ? path.TrimStart('/') : path;
        }

        return HasScheme(location) ? null : Uri.UnescapeDataString(location);
    }

    /// <summary>The folder that a location is in, and its name there; a location without folders is a folder itself.</summary>
    public static (string Folder, string Name) SplitName(string location)
    {
        var query = HasScheme(location) ? location.IndexOf('?', StringComparison.Ordinal) : -1;
        var end = query < 0 ? location.Length : query;
        var path = (OperatingSystem.IsWindows() && !HasScheme(location) ? location[..end].Replace('\\', '/') : location[..end]).TrimEnd('/');
        var start = path.IndexOf("://", StringComparison.Ordinal) is var authority and >= 0 ? authority + 3 : HasScheme(path) ? path.IndexOf(':', StringComparison.Ordinal) + 1 : 0;
        var slash = path.LastIndexOf('/');
        if (slash < start || slash == path.Length - 1)
            return start > 0 || path.Length == 0 ? (location, "") : (".", Uri.UnescapeDataString(path));
        var name = path[(slash + 1)..];
        // These two stand for themselves; the others are percent-encoded.
        var isPlain = SchemeIs(location, "s3") || SchemeIs(location, "mlflow-artifacts");
        return ($"{path[..Math.Max(slash, slash == start ? slash + 1 : slash)]}{location[end..]}", isPlain ? name : Uri.UnescapeDataString(name));
    }

    /// <summary>Whether of two locations in S3 one is the other, or holds it; false for locations of other kinds.</summary>
    public static bool Overlap(string one, string other)
    {
        if (!SchemeIs(one, "s3") || !SchemeIs(other, "s3"))
            return false;
        var (first, second) = (Plain(one), Plain(other));
        return first.StartsWith(second, StringComparison.Ordinal) || second.StartsWith(first, StringComparison.Ordinal);

        // As a repository reads it: no query, no slashes around the path.
        static string Plain(string location)
        {
            var parts = location["s3://".Length..].Split(['?', '#'])[0].Split('/', 2);
            var path = parts.ElementAtOrDefault(1)?.Trim('/') ?? "";
            return path.Length == 0 ? $"{parts[0]}/" : $"{parts[0]}/{path}/";
        }
    }

    /// <summary>The scheme of a location that is not local, in lower case.</summary>
    public static string SchemeOf(string location) => location[..location.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant();

    private static bool SchemeIs(string location, string scheme) => location.StartsWith(scheme + ":", StringComparison.OrdinalIgnoreCase);

    // One letter before the colon is a Windows drive.
    private static bool HasScheme(string location) =>
        location.IndexOf(':', StringComparison.Ordinal) is var colon and > 1 && location[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
}
