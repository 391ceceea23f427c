using MLflowSharp.Stores;
using MLflowSharp.Stores.Sql.Sqlite;

namespace MLflowSharp.Journal;

/// <summary>Opens stores with a journal before what they track.</summary>
internal static class JournaledStores
{
    /// <summary>Opens what a URI names. Nothing is created or contacted before first use.</summary>
    public static MlflowStores Open(string uri, MlflowClientOptions options)
    {
        var stores = StoreFactory.Open(uri, options);
        return options.Journal.Enabled ? stores with { Tracking = new JournaledTrackingStore(stores.Tracking, uri, LocalPath(uri), options) } : stores;
    }

    /// <summary>The file or folder of a local store; null for a server.</summary>
    public static string? LocalPath(string uri)
    {
        if (SqliteUri.Matches(uri))
            return SqliteUri.ToPath(uri);
        if (uri.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            return Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.LocalPath is { Length: > 1 } path ? Path.GetFullPath(path) : Path.GetFullPath(uri["file:".Length..]);
        return uri.Contains("://", StringComparison.Ordinal) ? null : Path.GetFullPath(uri);
    }
}
