using MLflowSharp.Tests.Stores.Suite;

namespace Interop.Stores.Postgres;

/// <summary>The suite over PostgreSQL at a version of MLflow 2.</summary>
public static class Mlflow2PostgresSuite
{
    public sealed class Experiments : ExperimentSuite<Mlflow2PostgresStore>;

    public sealed class Runs : RunSuite<Mlflow2PostgresStore>;

    public sealed class Logging : LoggingSuite<Mlflow2PostgresStore>;

    public sealed class Histories : HistorySuite<Mlflow2PostgresStore>;

    public sealed class Inputs : InputSuite<Mlflow2PostgresStore>;

    public sealed class Searches(RecordedSearch<Mlflow2PostgresStore> recorded) : SearchSuite<Mlflow2PostgresStore>(recorded);

    public sealed class RegisteredModels : RegisteredModelSuite<Mlflow2PostgresStore>;

    public sealed class ModelVersions : ModelVersionSuite<Mlflow2PostgresStore>;

    public sealed class RegistrySearches(RecordedRegistry<Mlflow2PostgresStore> registry) : RegistrySearchSuite<Mlflow2PostgresStore>(registry);

    public sealed class LoggedModels : NoLoggedModelSuite<Mlflow2PostgresStore>;
}
