using MLflowSharp.Tests.Stores.Suite;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

/// <summary>The suite over SQLite files at the default version.</summary>
public static class SqliteSuite
{
    public sealed class Experiments : ExperimentSuite<SqliteStore>;

    public sealed class Runs : RunSuite<SqliteStore>;

    public sealed class Logging : LoggingSuite<SqliteStore>;

    public sealed class Histories : HistorySuite<SqliteStore>;

    public sealed class Inputs : InputSuite<SqliteStore>;

    public sealed class Searches(RecordedSearch<SqliteStore> recorded) : SearchSuite<SqliteStore>(recorded);
}
