using MLflowSharp.Artifacts;

namespace MLflowSharp.Stores.Files;

/// <summary>
/// A store that is copied to another machine still names the old one's folders. Where such a folder does not exist, and the store has it at
/// the same place below its own top, that one is meant.
/// </summary>
internal static class MovedLocation
{
    /// <summary>Where something is now.</summary>
    /// <param name="location">Where it was when the file was written: a path or a URI.</param>
    /// <param name="root">The store's folder.</param>
    /// <param name="place">Its place below the store's folder, with forward slashes, if it is in it at all.</param>
    public static string Resolve(string location, string root, string place)
    {
        if (!location.TrimEnd('/').EndsWith("/" + place, StringComparison.Ordinal) || ArtifactUri.ToLocalPath(location) is not { } named)
            return location;
        var actual = $"{root.Replace('\\', '/')}/{place}";
        if (named.TrimEnd('/') == actual || Directory.Exists(named) || !Directory.Exists(actual))
            return location;
        return location.StartsWith("file:", StringComparison.Ordinal) ? FileStoreUri.FromPath(actual) : ArtifactUri.Resolve(actual);
    }

    /// <summary>Where a file or folder of a run's artifacts is now, whichever run it is.</summary>
    public static string ResolveAny(string location, string root)
    {
        if (ArtifactUri.ToLocalPath(location) is not { } named || Path.Exists(named))
            return location;
        var parts = named.Replace('\\', '/').TrimEnd('/').Split('/');
        for (var at = 1; at < parts.Length; at++)
        {
            var place = string.Join('/', parts[at..]);
            if (parts.Skip(at).Contains("artifacts") && !parts.Contains("..") && Path.Exists(Path.Combine(root, place)))
                return location.StartsWith("file:", StringComparison.Ordinal) ? FileStoreUri.FromPath($"{root}/{place}") : ArtifactUri.Resolve($"{root}/{place}");
        }

        return location;
    }
}
