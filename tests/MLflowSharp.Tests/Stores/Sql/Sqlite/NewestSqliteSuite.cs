using MLflowSharp.Tests.Stores.Suite;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

/// <summary>The suite over SQLite files of MLflow 3.17.</summary>
public static class NewestSqliteSuite
{
    public sealed class Experiments : ExperimentSuite<NewestSqliteStore>;

    public sealed class Runs : RunSuite<NewestSqliteStore>;

    public sealed class Logging : LoggingSuite<NewestSqliteStore>;

    public sealed class Histories : HistorySuite<NewestSqliteStore>;

    public sealed class Inputs : InputSuite<NewestSqliteStore>;

    public sealed class Searches(RecordedSearch<NewestSqliteStore> recorded) : SearchSuite<NewestSqliteStore>(recorded);
}
