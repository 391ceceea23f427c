using MLflowSharp.Tests.Stores.Suite;

namespace Interop.Rest;

/// <summary>The suite that every kind of store passes, over HTTP against a real server of MLflow 3.17.2.</summary>
public static class NewestRestSuite
{
    public sealed class Experiments : ExperimentSuite<NewestRestStore>;

    public sealed class Runs : RunSuite<NewestRestStore>;

    public sealed class Logging : LoggingSuite<NewestRestStore>;

    public sealed class Histories : HistorySuite<NewestRestStore>;

    public sealed class Inputs : InputSuite<NewestRestStore>;

    public sealed class Searches(RecordedSearch<NewestRestStore> recorded) : SearchSuite<NewestRestStore>(recorded);

    public sealed class RegisteredModels : RegisteredModelSuite<NewestRestStore>;

    public sealed class ModelVersions : ModelVersionSuite<NewestRestStore>;

    public sealed class RegistrySearches(RecordedRegistry<NewestRestStore> registry) : RegistrySearchSuite<NewestRestStore>(registry);

    public sealed class LoggedModels : LoggedModelSuite<NewestRestStore>;

    /// <remarks>
    /// The recording is of a store that Python opens itself. Through a server of MLflow 3.17.2, what a model does not have is an empty text
    /// instead of nothing, and a dataset without a digest is one with an empty digest, which finds nothing.
    /// </remarks>
    public sealed class LoggedModelSearches(RecordedLoggedModels<NewestRestStore> recorded) : LoggedModelSearchSuite<NewestRestStore>(recorded)
    {
        protected override IReadOnlyList<string> AnsweredOtherwise =>
        [
            "source_run_id != '{r0}' [] []",
            "model_type != 'agent' [] []",
            "model_type LIKE '%' [] []",
            """ [["model_type",true],["name",false]] []""",
            """ [] [["d1",null]]""",
            """ [] [["d1",null],["d2",null]]""",
            """metrics.acc > 0.3 [["metrics.acc",false]] [["d1",null]]""",
            """metrics.acc > 0.3 [["metrics.acc",false]] [["d1",null],["d2",null]]""",
        ];
    }
}
