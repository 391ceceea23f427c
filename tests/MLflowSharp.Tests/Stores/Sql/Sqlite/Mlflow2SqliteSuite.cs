using MLflowSharp.Tests.Stores.Suite;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

/// <summary>The suite over SQLite files of MLflow 2.15, which lack what MLflow 3 added.</summary>
public static class Mlflow2SqliteSuite
{
    public sealed class Experiments : ExperimentSuite<Mlflow2SqliteStore>;

    public sealed class Runs : RunSuite<Mlflow2SqliteStore>;

    public sealed class Logging : LoggingSuite<Mlflow2SqliteStore>;

    public sealed class Histories : HistorySuite<Mlflow2SqliteStore>;

    public sealed class Inputs : InputSuite<Mlflow2SqliteStore>;

    public sealed class Searches(RecordedSearch<Mlflow2SqliteStore> recorded) : SearchSuite<Mlflow2SqliteStore>(recorded);

    public sealed class RegisteredModels : RegisteredModelSuite<Mlflow2SqliteStore>;

    public sealed class ModelVersions : ModelVersionSuite<Mlflow2SqliteStore>;

    public sealed class Registrations : RegistrationSuite<Mlflow2SqliteStore>;

    public sealed class RegistrySearches(RecordedRegistry<Mlflow2SqliteStore> registry) : RegistrySearchSuite<Mlflow2SqliteStore>(registry);

    public sealed class LoggedModels : NoLoggedModelSuite<Mlflow2SqliteStore>;
}
