using MLflowSharp.Stores;
using MLflowSharp.Stores.Files;
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
    public static string? LocalPath(string uri) =>
        SqliteUri.Matches(uri) ? SqliteUri.ToPath(uri) : FileStoreUri.Matches(uri) ? FileStoreUri.ToPath(uri) : null;
}
