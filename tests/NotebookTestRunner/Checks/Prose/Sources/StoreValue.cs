using MLflowSharp;
using NotebookTestRunner.Checks.Tracking;

namespace NotebookTestRunner.Checks.Prose.Sources;

/// <summary>Something in the tracking store.</summary>
/// <param name="Kind">What: <c>metric</c>, <c>parameter</c>, <c>tag</c> or <c>status</c> of a run, <c>alias</c> or <c>version</c> of a model, how many <c>runs</c>, <c>experiments</c> or <c>versions</c>.</param>
/// <param name="Name">The name of the metric, parameter, tag or alias; empty where there is none.</param>
/// <param name="Owner">The run (by name or id), model or experiment; empty for the whole store.</param>
internal sealed record StoreValue(string Kind, string Name, string Owner) : IClaimSource
{
    public bool NeedsRun => true;

    public async Task<ClaimAnswer> AskAsync(ClaimScene scene, ClaimSubject subject, CancellationToken cancellationToken)
    {
        try
        {
            using var store = await scene.ReadStoreAsync(cancellationToken);
            return Kind switch
            {
                "metric" or "parameter" or "tag" or "status" => OfRun(store),
                "alias" or "version" => OfModel(store),
                "runs" => Runs(store),
                "versions" => store.RegisteredModels.Any(model => model.Name == Owner) ? ClaimAnswer.Of(store.Versions.Count(version => version.Name == Owner)) : NoModel(store),
                _ => ClaimAnswer.Of(store.Experiments.Count(experiment => experiment.ExperimentId != "0")),
            };
        }
        catch (MlflowException error)
        {
            return ClaimAnswer.Not($"The tracking store cannot be read: {error.Message}");
        }
    }

    private ClaimAnswer OfRun(StoreReading store)
    {
        // The newest when several have the name.
        if (store.Runs.FirstOrDefault(run => run.Info.RunName == Owner || run.Info.RunId == Owner) is not { } run)
            return ClaimAnswer.Not($"There is no run \"{Owner}\" in {store.Location.Uri}; {Nearest.ThereAre(Owner, store.Runs.Select(run => run.Info.RunName))}.");
        return Kind switch
        {
            "metric" => run.Data.Metrics.TryGetValue(Name, out var value) ? ClaimAnswer.Of(value) : Missing(run.Data.Metrics.Keys),
            "parameter" => run.Data.Params.TryGetValue(Name, out var text) ? ClaimAnswer.Of(text) : Missing(run.Data.Params.Keys),
            "tag" => run.Data.Tags.TryGetValue(Name, out var tag) ? ClaimAnswer.Of(tag) : Missing(run.Data.Tags.Keys),
            _ => ClaimAnswer.Of(run.Info.Status.ToString().ToUpperInvariant()),
        };

        ClaimAnswer Missing(IEnumerable<string> known) => ClaimAnswer.Not($"The run \"{Owner}\" has no {Kind} \"{Name}\"; {Nearest.ThereAre(Name, known)}.");
    }

    private ClaimAnswer OfModel(StoreReading store)
    {
        if (store.RegisteredModels.FirstOrDefault(model => model.Name == Owner) is not { } model) return NoModel(store);
        if (Kind == "version")
        {
            return store.Versions.Where(version => version.Name == Owner).MaxBy(version => long.Parse(version.Version, System.Globalization.CultureInfo.InvariantCulture)) is { } newest
                ? ClaimAnswer.Of(newest.Version)
                : ClaimAnswer.Not($"The model \"{Owner}\" has no version.");
        }
        return model.Aliases.TryGetValue(Name, out var version)
            ? ClaimAnswer.Of(version)
            : ClaimAnswer.Not($"The model \"{Owner}\" has no alias \"{Name}\"; {Nearest.ThereAre(Name, model.Aliases.Keys)}.");
    }

    private ClaimAnswer Runs(StoreReading store)
    {
        if (Owner.Length == 0) return ClaimAnswer.Of(store.Runs.Count);
        return store.Experiments.FirstOrDefault(experiment => experiment.Name == Owner) is { } experiment
            ? ClaimAnswer.Of(store.Runs.Count(run => run.Info.ExperimentId == experiment.ExperimentId))
            : ClaimAnswer.Not($"There is no experiment \"{Owner}\" in {store.Location.Uri}; {Nearest.ThereAre(Owner, store.Experiments.Select(experiment => experiment.Name))}.");
    }

    private ClaimAnswer NoModel(StoreReading store) =>
        ClaimAnswer.Not($"There is no registered model \"{Owner}\" in {store.Location.Uri}; {Nearest.ThereAre(Owner, store.RegisteredModels.Select(model => model.Name))}.");
}
