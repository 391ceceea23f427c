using MLflowSharp.Tests.Stores.Suite;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

/// <summary>The suite over SQLite in memory.</summary>
public static class InMemorySuite
{
    public sealed class Experiments : ExperimentSuite<InMemoryStore>;

    public sealed class Runs : RunSuite<InMemoryStore>;

    public sealed class Logging : LoggingSuite<InMemoryStore>;

    public sealed class Histories : HistorySuite<InMemoryStore>;

    public sealed class Inputs : InputSuite<InMemoryStore>;

    public sealed class Searches(RecordedSearch<InMemoryStore> recorded) : SearchSuite<InMemoryStore>(recorded);

    public sealed class RegisteredModels : RegisteredModelSuite<InMemoryStore>;

    public sealed class ModelVersions : ModelVersionSuite<InMemoryStore>;

    public sealed class Registrations : RegistrationSuite<InMemoryStore>;

    public sealed class RegistrySearches(RecordedRegistry<InMemoryStore> registry) : RegistrySearchSuite<InMemoryStore>(registry);

    public sealed class LoggedModels : LoggedModelSuite<InMemoryStore>;

    public sealed class LoggedModelSearches(RecordedLoggedModels<InMemoryStore> recorded) : LoggedModelSearchSuite<InMemoryStore>(recorded);
}
