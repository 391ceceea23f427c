namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

/// <summary>A SQLite file of MLflow 2.</summary>
public sealed class Mlflow2SqliteStore : SqliteStore
{
    public override bool HasLoggedModels => false;

    public override MlflowClientOptions Options => base.Options with { DatabaseVersion = "2.15" };
}
