namespace MLflowSharp.Journal.Files;

/// <summary>What a store is called where others may read it.</summary>
internal static class StoreName
{
    /// <summary>A URI without user, password, query and fragment.</summary>
    public static string WithoutSecrets(string uri)
    {
        var scheme = uri.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || uri.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
            return uri;
        var rest = uri[(scheme + 3)..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        var authority = end < 0 ? rest : rest[..end];
        var path = end < 0 ? "" : rest[end..].Split('?', '#')[0];
        return uri[..(scheme + 3)] + authority[(authority.LastIndexOf('@') + 1)..] + path.TrimEnd('/');
    }
}
