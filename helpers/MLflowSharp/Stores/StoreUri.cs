namespace MLflowSharp.Stores;

/// <summary>The URI of a store or of artifacts, as it may be shown and written down.</summary>
internal static class StoreUri
{
    /// <summary>A URI without name, password, query and fragment. Of a file's URI, all that follows the host is its path.</summary>
    public static string WithoutSecrets(string uri)
    {
        // One letter before the colon is a Windows drive.
        var scheme = uri.IndexOf(':', StringComparison.Ordinal);
        if (scheme <= 1 || !uri[..scheme].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.') || IsScheme("sqlite"))
            return uri;
        var hasAuthority = string.CompareOrdinal(uri, scheme, "://", 0, 3) == 0;
        var start = scheme + (hasAuthority ? 3 : 1);
        var rest = uri[start..];
        if (hasAuthority && EndOfCredentials(rest) is var end and > 0)
            rest = rest[end..];
        return uri[..start] + (IsScheme("file") ? rest : rest.Split('?', '#')[0]);

        bool IsScheme(string name) => uri.AsSpan(0, scheme).Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    // A password may hold an unescaped @, /, ? or #: what is before the last @ goes, unless that is clearly in the path.
    private static int EndOfCredentials(string rest)
    {
        var (at, end) = (rest.LastIndexOf('@'), rest.IndexOfAny(['/', '?', '#']));
        if (end < 0 || at < end)
            return at + 1;
        var host = rest[..end];
        var colon = host.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || IsPort(host[(colon + 1)..]) ? host.LastIndexOf('@') + 1 : at + 1;
    }

    private static bool IsPort(string text) => text.Length is > 0 and <= 5 && text.All(char.IsAsciiDigit);
}
