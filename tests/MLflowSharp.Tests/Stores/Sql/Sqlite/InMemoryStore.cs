using MLflowSharp.Tests.Stores.Suite;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

/// <summary>SQLite in memory.</summary>
public sealed class InMemoryStore : StoreUnderTest
{
    public override MlflowClient NewClient(MlflowClientOptions? options = null) => new("sqlite:///:memory:", options ?? Options);
}
