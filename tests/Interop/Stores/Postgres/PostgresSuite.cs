using MLflowSharp.Tests.Stores.Suite;

namespace Interop.Stores.Postgres;

/// <summary>The suite over PostgreSQL at the default version.</summary>
public static class PostgresSuite
{
    public sealed class Experiments : ExperimentSuite<PostgresStore>;

    public sealed class Runs : RunSuite<PostgresStore>;

    public sealed class Logging : LoggingSuite<PostgresStore>;

    public sealed class Histories : HistorySuite<PostgresStore>;

    public sealed class Inputs : InputSuite<PostgresStore>;

    public sealed class Searches(RecordedSearch<PostgresStore> recorded) : SearchSuite<PostgresStore>(recorded);

    public sealed class RegisteredModels : RegisteredModelSuite<PostgresStore>;

    public sealed class ModelVersions : ModelVersionSuite<PostgresStore>;

    public sealed class RegistrySearches(RecordedRegistry<PostgresStore> registry) : RegistrySearchSuite<PostgresStore>(registry);

    public sealed class LoggedModels : LoggedModelSuite<PostgresStore>;

    public sealed class LoggedModelSearches(RecordedLoggedModels<PostgresStore> recorded) : LoggedModelSearchSuite<PostgresStore>(recorded);
}
