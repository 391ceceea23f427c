using MLflowSharp.Tests.Stores.Suite;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

/// <summary>The suite over SQLite files of MLflow 3.17.</summary>
public static class NewestSqliteSuite
{
    public sealed class Experiments : ExperimentSuite<NewestSqliteStore>;

    public sealed class Runs : RunSuite<NewestSqliteStore>;

    public sealed class Logging : LoggingSuite<NewestSqliteStore>;

    public sealed class Histories : HistorySuite<NewestSqliteStore>;

    public sealed class LongHistories : LongHistorySuite<NewestSqliteStore>;

    public sealed class Inputs : InputSuite<NewestSqliteStore>;

    public sealed class Searches(RecordedSearch<NewestSqliteStore> recorded) : SearchSuite<NewestSqliteStore>(recorded);

    public sealed class RegisteredModels : RegisteredModelSuite<NewestSqliteStore>;

    public sealed class ModelVersions : ModelVersionSuite<NewestSqliteStore>;

    public sealed class Registrations : RegistrationSuite<NewestSqliteStore>;

    public sealed class RegistrySearches(RecordedRegistry<NewestSqliteStore> registry) : RegistrySearchSuite<NewestSqliteStore>(registry);

    public sealed class LoggedModels : LoggedModelSuite<NewestSqliteStore>;

    public sealed class LoggedModelSearches(RecordedLoggedModels<NewestSqliteStore> recorded) : LoggedModelSearchSuite<NewestSqliteStore>(recorded);
}
