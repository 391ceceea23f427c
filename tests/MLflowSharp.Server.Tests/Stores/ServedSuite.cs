using MLflowSharp.Tests.Stores.Suite;

namespace MLflowSharp.Server.Tests.Stores;

/// <summary>The suite of all stores through our client, the wire and our server.</summary>
public static class ServedSuite
{
    public sealed class Experiments : ExperimentSuite<ServedStore>;

    public sealed class Runs : RunSuite<ServedStore>;

    public sealed class Logging : LoggingSuite<ServedStore>;

    public sealed class Histories : HistorySuite<ServedStore>;

    public sealed class Inputs : InputSuite<ServedStore>;

    public sealed class Searches(RecordedSearch<ServedStore> recorded) : SearchSuite<ServedStore>(recorded);

    public sealed class RegisteredModels : RegisteredModelSuite<ServedStore>;

    public sealed class ModelVersions : ModelVersionSuite<ServedStore>;

    public sealed class RegistrySearches(RecordedRegistry<ServedStore> registry) : RegistrySearchSuite<ServedStore>(registry);

    public sealed class LoggedModels : LoggedModelSuite<ServedStore>;

    public sealed class LoggedModelSearches(RecordedLoggedModels<ServedStore> recorded) : LoggedModelSearchSuite<ServedStore>(recorded);
}
