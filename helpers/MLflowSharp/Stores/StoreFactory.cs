using MLflowSharp.Stores.Files;
using MLflowSharp.Stores.Rest;
using MLflowSharp.Stores.Sql;
using MLflowSharp.Stores.Sql.Postgres;
using MLflowSharp.Stores.Sql.Sqlite;

namespace MLflowSharp.Stores;

/// <summary>Opens the stores that a tracking or registry URI names. Nothing is created or contacted before first use.</summary>
internal static class StoreFactory
{
    public static MlflowStores Open(string uri, MlflowClientOptions options)
    {
        if (SqliteUri.Matches(uri))
            return OpenSql(new SqliteDialect(SqliteUri.ToPath(uri), options), options);
        if (PostgresUri.Matches(uri))
            return OpenSql(new PostgresDialect(uri, options), options);
        if (RestAddress.Matches(uri))
            return OpenRest(uri, options);
        RefuseDatabricks(uri);
        if (FileStoreUri.Matches(uri))
            return OpenFiles(new FileStoreFolder(FileStoreUri.ToPath(uri), options));
        throw MlflowException.Invalid(
            $"The tracking URI '{StoreUri.WithoutSecrets(uri)}' is not supported. Use a SQLite database, for instance sqlite:///mlflow.db "
            + "(in the current folder) or sqlite:////full/path/mlflow.db, a PostgreSQL database, for instance postgresql://user@host/mlflow, "
            + "a folder of files, for instance ./mlruns or file:///full/path/mlruns, or a tracking server, for instance http://localhost:5000.");
    }

    private static MlflowStores OpenFiles(FileStoreFolder folder)
    {
        var tracking = new FileTrackingStore(folder);
        return new MlflowStores(tracking, new FileModelRegistryStore(folder, tracking));
    }

    private static MlflowStores OpenRest(string uri, MlflowClientOptions options)
    {
        var connection = new RestConnection(uri, options);
        return new MlflowStores(new RestTrackingStore(connection, options), new RestModelRegistryStore(connection));
    }

    private static MlflowStores OpenSql(SqlDialect dialect, MlflowClientOptions options)
    {
        var database = new SqlDatabase(dialect, options);
        return new MlflowStores(new SqlTrackingStore(database), new SqlModelRegistryStore(database));
    }

    private static void RefuseDatabricks(string uri)
    {
        if (uri is "databricks" or "databricks-uc" || uri.StartsWith("databricks:", StringComparison.OrdinalIgnoreCase)
            || uri.StartsWith("databricks-uc:", StringComparison.OrdinalIgnoreCase) || uri.StartsWith("uc:", StringComparison.OrdinalIgnoreCase))
        {
            throw new MlflowException(
                $"The tracking URI '{StoreUri.WithoutSecrets(uri)}' names Databricks, whose servers MLflowSharp does not speak to. "
                + "Use a tracking server of MLflow itself, for instance http://localhost:5000.",
                ErrorCode.NotImplemented);
        }
    }
}
