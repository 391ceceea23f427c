using MLflowSharp.Stores.Sqlite;

namespace MLflowSharp.Stores;

/// <summary>Chooses the store for a tracking URI.</summary>
internal static class TrackingStores
{
    public static ITrackingStore Get(string trackingUri, MlflowClientOptions options) =>
        SqliteUri.Matches(trackingUri)
            ? new SqliteTrackingStore(SqliteUri.ToPath(trackingUri), options)
            : throw MlflowException.Invalid(
                $"The tracking URI '{trackingUri}' is not supported. Use a SQLite database, for instance sqlite:///mlflow.db "
                + "(in the current folder) or sqlite:////full/path/mlflow.db.");
}
