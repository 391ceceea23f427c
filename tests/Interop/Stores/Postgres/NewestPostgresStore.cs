using MLflowSharp;

namespace Interop.Stores.Postgres;

/// <summary>A schema in a PostgreSQL database with the tables of the newest version.</summary>
public sealed class NewestPostgresStore : PostgresStore
{
    public override MlflowClientOptions Options => base.Options with { DatabaseVersion = "3.17" };
}
