using MLflowSharp.Tests.Stores.Suite;

namespace MLflowSharp.Tests.Stores.Files;

/// <summary>The suite over file stores at the default version.</summary>
public static class FileSuite
{
    public sealed class Experiments : ExperimentSuite<FileStore>;

    public sealed class Runs : RunSuite<FileStore>;

    public sealed class Logging : LoggingSuite<FileStore>;

    public sealed class Histories : HistorySuite<FileStore>;

    public sealed class Inputs : InputSuite<FileStore>;

    public sealed class Searches(RecordedSearch<FileStore> recorded) : SearchSuite<FileStore>(recorded);

    public sealed class RegisteredModels : RegisteredModelSuite<FileStore>
    {
        [Fact]
        public void Names_that_MLflow_cannot_read_in_files_are_refused() =>
            Refused(ErrorCode.InvalidParameterValue, () => Client.CreateRegisteredModel("a%b"));
    }

    public sealed class ModelVersions : ModelVersionSuite<FileStore>;

    public sealed class Registrations : RegistrationSuite<FileStore>;

    public sealed class RegistrySearches(RecordedRegistry<FileStore> registry) : RegistrySearchSuite<FileStore>(registry);

    public sealed class LoggedModels : LoggedModelSuite<FileStore>;

    public sealed class LoggedModelSearches(RecordedLoggedModels<FileStore> recorded) : LoggedModelSearchSuite<FileStore>(recorded);
}
