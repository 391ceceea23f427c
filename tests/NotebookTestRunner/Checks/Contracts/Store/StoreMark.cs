using NotebookTestRunner.Checks.Tracking;

namespace NotebookTestRunner.Checks.Contracts.Store;

/// <summary>What was in the store at some moment, to tell what is new later.</summary>
internal sealed record StoreMark(IReadOnlySet<string> Experiments, IReadOnlySet<string> Runs, IReadOnlySet<string> Models, IReadOnlySet<string> Versions)
{
    // What MLflow makes by itself when a store is opened for the first time.
    private const string DefaultExperiment = "0";

    public static StoreMark Of(StoreReading store) => new(
        store.Experiments.Select(experiment => experiment.ExperimentId).Append(DefaultExperiment).ToHashSet(),
        store.Runs.Select(run => run.Info.RunId).ToHashSet(),
        store.RegisteredModels.Select(model => model.Name).ToHashSet(),
        store.Versions.Select(Key).ToHashSet());

    public static string Key(MLflowSharp.ModelVersion version) => $"{version.Name}/{version.Version}";
}
