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
}
