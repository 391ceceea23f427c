using MLflowSharp.Stores.Sqlite;

namespace MLflowSharp.Stores;

/// <summary>Opens the stores that a tracking or registry URI names. Nothing is created or contacted before first use.</summary>
internal static class StoreFactory
{
    public static MlflowStores Open(string uri, MlflowClientOptions options) =>
        SqliteUri.Matches(uri)
            ? new MlflowStores(new SqliteTrackingStore(SqliteUri.ToPath(uri), options), new SqliteModelRegistryStore())
            : throw MlflowException.Invalid(
                $"The tracking URI '{uri}' is not supported. Use a SQLite database, for instance sqlite:///mlflow.db "
                + "(in the current folder) or sqlite:////full/path/mlflow.db.");
}
