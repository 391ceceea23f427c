using MLflowSharp.Tests.Stores.Suite;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

/// <summary>A SQLite file.</summary>
public class SqliteStore : StoreUnderTest
{
    public override MlflowClient NewClient(MlflowClientOptions? options = null) => Folder.NewClient(options ?? Options);
}
