namespace MLflowSharp.Stores;

/// <summary>The URI of a store, as it may be shown and written down.</summary>
internal static class StoreUri
{
    /// <summary>A URI without name, password, query and fragment; a database file's is kept, since all of it is the file's name.</summary>
    public static string WithoutSecrets(string uri)
    {
        var scheme = uri.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || uri.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
            return uri;
        var start = scheme + 3;
        var end = uri.IndexOfAny(['?', '#'], start);
        var rest = end < 0 ? uri[start..] : uri[start..end];
        var path = rest.IndexOf('/', StringComparison.Ordinal);
        // A password may hold an unescaped @ or /: what is before the last @ goes, wherever it is.
        var at = rest.LastIndexOf('@');
        if (at < 0)
            return uri[..start] + rest;
        return path >= 0 && path < at && !rest[..path].Contains(':', StringComparison.Ordinal) ? uri[..start] + rest : uri[..start] + rest[(at + 1)..];
    }
}
