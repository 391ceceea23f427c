using MLflowSharp;

namespace Interop.Stores.Postgres;

/// <summary>A schema in a PostgreSQL database with the tables of MLflow 2.</summary>
public sealed class Mlflow2PostgresStore : PostgresStore
{
    public override bool HasLoggedModels => false;

    public override MlflowClientOptions Options => base.Options with { DatabaseVersion = "2.22" };
}
