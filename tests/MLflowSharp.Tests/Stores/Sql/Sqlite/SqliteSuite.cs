using MLflowSharp.Tests.Stores.Suite;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

/// <summary>The suite over SQLite files at the default version.</summary>
public static class SqliteSuite
{
    public sealed class Experiments : ExperimentSuite<SqliteStore>;

    public sealed class Runs : RunSuite<SqliteStore>;

    public sealed class Logging : LoggingSuite<SqliteStore>;

    public sealed class Histories : HistorySuite<SqliteStore>;

    public sealed class LongHistories : LongHistorySuite<SqliteStore>;

    public sealed class Inputs : InputSuite<SqliteStore>;

    public sealed class Searches(RecordedSearch<SqliteStore> recorded) : SearchSuite<SqliteStore>(recorded);

    public sealed class RegisteredModels : RegisteredModelSuite<SqliteStore>;

    public sealed class ModelVersions : ModelVersionSuite<SqliteStore>;

    public sealed class Registrations : RegistrationSuite<SqliteStore>;

    public sealed class RegistrySearches(RecordedRegistry<SqliteStore> registry) : RegistrySearchSuite<SqliteStore>(registry);

    public sealed class LoggedModels : LoggedModelSuite<SqliteStore>;

    public sealed class LoggedModelSearches(RecordedLoggedModels<SqliteStore> recorded) : LoggedModelSearchSuite<SqliteStore>(recorded);
}
