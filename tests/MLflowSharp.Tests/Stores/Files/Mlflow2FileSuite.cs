using MLflowSharp.Tests.Stores.Suite;

namespace MLflowSharp.Tests.Stores.Files;

/// <summary>The suite over file stores of MLflow 2.15, which lack what MLflow 3 added.</summary>
public static class Mlflow2FileSuite
{
    public sealed class Experiments : ExperimentSuite<Mlflow2FileStore>;

    public sealed class Runs : RunSuite<Mlflow2FileStore>;

    public sealed class Logging : LoggingSuite<Mlflow2FileStore>;

    public sealed class Histories : HistorySuite<Mlflow2FileStore>;

    public sealed class Inputs : InputSuite<Mlflow2FileStore>;

    public sealed class Searches(RecordedSearch<Mlflow2FileStore> recorded) : SearchSuite<Mlflow2FileStore>(recorded);

    public sealed class RegisteredModels : RegisteredModelSuite<Mlflow2FileStore>;

    public sealed class ModelVersions : ModelVersionSuite<Mlflow2FileStore>;

    public sealed class Registrations : RegistrationSuite<Mlflow2FileStore>;

    public sealed class RegistrySearches(RecordedRegistry<Mlflow2FileStore> registry) : RegistrySearchSuite<Mlflow2FileStore>(registry);

    public sealed class NoLoggedModels : NoLoggedModelSuite<Mlflow2FileStore>;
}
