using MLflowSharp;
using MLflowSharp.Tests.Stores.Suite;

namespace Interop.Stores.Postgres;

/// <summary>A schema of its own in a PostgreSQL database.</summary>
public class PostgresStore : StoreUnderTest
{
    private readonly string _schema = $"test_{Guid.NewGuid():N}";

    public PostgresStore() => PostgresServer.Running.Execute($"CREATE SCHEMA {_schema}");

    public override MlflowClient NewClient(MlflowClientOptions? options = null) =>
        new($"{PostgresServer.Running.Uri("postgres")}?options=-csearch_path%3D{_schema}", options ?? Options);

    protected override void Remove() => PostgresServer.Running.Execute($"SET client_min_messages = error; DROP SCHEMA {_schema} CASCADE");
}
