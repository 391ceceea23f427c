using MLflowSharp.Stores.Files;
using MLflowSharp.Stores.Sql;
using MLflowSharp.Stores.Sql.Sqlite;

namespace MLflowSharp.Stores;

/// <summary>Opens the stores that a tracking or registry URI names. Nothing is created or contacted before first use.</summary>
internal static class StoreFactory
{
    public static MlflowStores Open(string uri, MlflowClientOptions options)
    {
        if (SqliteUri.Matches(uri))
            return OpenSql(new SqliteDialect(SqliteUri.ToPath(uri), options), options);
        if (FileStoreUri.Matches(uri))
            return OpenFiles(new FileStoreFolder(FileStoreUri.ToPath(uri), options));
        throw MlflowException.Invalid(
            $"The tracking URI '{uri}' is not supported. Use a SQLite database, for instance sqlite:///mlflow.db "
            + "(in the current folder) or sqlite:////full/path/mlflow.db, or a folder of files, for instance ./mlruns or file:///full/path/mlruns.");
    }

    private static MlflowStores OpenFiles(FileStoreFolder folder) => new(new FileTrackingStore(folder), new FileModelRegistryStore(folder));

    private static MlflowStores OpenSql(SqlDialect dialect, MlflowClientOptions options)
    {
        var database = new SqlDatabase(dialect, options);
        return new MlflowStores(new SqlTrackingStore(database), new SqlModelRegistryStore(database));
    }
}
