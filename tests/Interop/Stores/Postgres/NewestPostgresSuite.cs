using MLflowSharp.Tests.Stores.Suite;

namespace Interop.Stores.Postgres;

/// <summary>The suite over PostgreSQL at the newest version.</summary>
public static class NewestPostgresSuite
{
    public sealed class Experiments : ExperimentSuite<NewestPostgresStore>;

    public sealed class Runs : RunSuite<NewestPostgresStore>;

    public sealed class Logging : LoggingSuite<NewestPostgresStore>;

    public sealed class Histories : HistorySuite<NewestPostgresStore>;

    public sealed class LongHistories : LongHistorySuite<NewestPostgresStore>;

    public sealed class Inputs : InputSuite<NewestPostgresStore>;

    public sealed class Searches(RecordedSearch<NewestPostgresStore> recorded) : SearchSuite<NewestPostgresStore>(recorded);

    public sealed class RegisteredModels : RegisteredModelSuite<NewestPostgresStore>;

    public sealed class ModelVersions : ModelVersionSuite<NewestPostgresStore>;

    public sealed class RegistrySearches(RecordedRegistry<NewestPostgresStore> registry) : RegistrySearchSuite<NewestPostgresStore>(registry);

    public sealed class LoggedModels : LoggedModelSuite<NewestPostgresStore>;

    public sealed class LoggedModelSearches(RecordedLoggedModels<NewestPostgresStore> recorded) : LoggedModelSearchSuite<NewestPostgresStore>(recorded);
}
