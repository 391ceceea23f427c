namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

/// <summary>A SQLite file at the newest version.</summary>
public sealed class NewestSqliteStore : SqliteStore
{
    public override MlflowClientOptions Options => base.Options with { DatabaseVersion = "3.17" };
}
