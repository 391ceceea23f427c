using System.Globalization;
using MLflowSharp.Stores;
using MLflowSharp.Stores.Files;

namespace MLflowSharp.Copying;

/// <summary>
/// Copies experiments with all that belongs to them from one store to another, of any kinds, and reads back what it wrote. Nothing in the target is
/// written over: what is there already under one of the names ends the copy before it begins.
/// </summary>
internal sealed class StoreCopy(CopyEnd from, CopyEnd to, CopyOptions options)
{
    private readonly CopyReport _report = new();
    private readonly IdentifierMap _map = new();

    /// <summary>Copies.</summary>
    /// <exception cref="MlflowException">RESOURCE_ALREADY_EXISTS; RESOURCE_DOES_NOT_EXIST for a name that is not in the source; DATA_LOSS for what reads back differently.</exception>
    public async Task<CopyReport> CopyAsync(CancellationToken cancellationToken)
    {
        var experiments = new List<SourceExperiment>();
        foreach (var experiment in await ChooseAsync(cancellationToken))
            experiments.Add(await SourceExperiment.ReadAsync(from, experiment, cancellationToken));
        if (options.ExperimentNames is null)
            experiments.RemoveAll(experiment => experiment.Experiment.Name == "Default" && experiment.Runs.Count + experiment.Models.Count == 0);
        var models = await SourceModel.ReadAsync(from, experiments, cancellationToken);
        var intoDefault = await CheckTargetAsync(experiments, models, cancellationToken);
        try
        {
            foreach (var experiment in experiments)
            {
                await CopyAsync(experiment, intoDefault, cancellationToken);
                options.Tell($"{experiment.Experiment.Name}: {experiment.Runs.Count} runs, {experiment.Models.Count} logged models.");
            }

            var registry = new RegistryCopy(to, _map, _report, options.Tell);
            foreach (var model in models)
                await registry.CopyAsync(model, cancellationToken);
            await TellOfTracesAsync(experiments, cancellationToken);
            return _report;
        }
        catch (Exception error) when (error is MlflowException or IOException && _report.Experiments > 0)
        {
            throw new MlflowException(
                $"The copy stopped after {_report}: {error.Message} What was written stays; delete those experiments and models in the target, then copy again.",
                error is MlflowException known ? known.ErrorCode : ErrorCode.DataLoss, error);
        }
    }

    // Folders keep none, and servers give and take them only as their clients' programs run.
    private async Task TellOfTracesAsync(IReadOnlyList<SourceExperiment> experiments, CancellationToken cancellationToken)
    {
        var count = await CountTracesAsync([.. experiments.Select(experiment => experiment.Experiment.ExperimentId)], cancellationToken);
        if (count == 0)
            return;
        options.Tell(
            $"{(count is null ? "Traces, if there are any," : string.Create(CultureInfo.InvariantCulture, $"{count} traces"))} stay behind in {StoreUri.WithoutSecrets(from.Uri)}: "
            + "they are not copied. A copy of the whole database (sqlite3 .backup, pg_dump) has them.");
    }

    /// <returns>How many; null when the store does not tell.</returns>
    private async Task<long?> CountTracesAsync(IReadOnlyList<string> experimentIds, CancellationToken cancellationToken)
    {
        if (experimentIds.Count == 0)
            return 0;
        if (from.Tracking is FileTrackingStore)
        {
            var folders = experimentIds.Select(id => Path.Combine(FileStoreUri.ToPath(from.Uri), id, "traces")).Where(Directory.Exists);
            return folders.Sum(folder => Directory.EnumerateDirectories(folder).LongCount());
        }

        try
        {
            return from.Tracking is ITraceStore traces
                ? (long)(await traces.QueryTraceMetricsAsync(new(experimentIds, "TRACES", "trace_count", [new("COUNT")]), cancellationToken)).Sum(point => point.Values.Values.Sum())
                : null;
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.NotImplemented)
        {
            // Of an older version.
            return null;
        }
    }

    private async Task<IReadOnlyList<Experiment>> ChooseAsync(CancellationToken cancellationToken)
    {
        var all = await Paged.AllAsync(token => from.Tracking.SearchExperimentsAsync(null, ViewType.ActiveOnly, Paged.Size, ["experiment_id ASC"], token, cancellationToken));
        if (options.ExperimentNames is not { } names)
            return all;
        return [.. names.Distinct(StringComparer.Ordinal).Select(name => all.FirstOrDefault(experiment => experiment.Name == name)
            ?? throw MlflowException.Missing($"There is no active experiment '{name}' in {StoreUri.WithoutSecrets(from.Uri)}. There are: {string.Join(", ", all.Select(experiment => experiment.Name))}."))];
    }

    /// <returns>The target's experiment Default when it is empty, and so may take in another's.</returns>
    private async Task<string?> CheckTargetAsync(IReadOnlyList<SourceExperiment> experiments, IReadOnlyList<SourceModel> models, CancellationToken cancellationToken)
    {
        string? intoDefault = null;
        foreach (var experiment in experiments)
        {
            if (await to.Tracking.GetExperimentByNameAsync(experiment.Experiment.Name, cancellationToken) is not { } there)
                continue;
            // Every store is made with this one.
            if (there is not { Name: "Default", LifecycleStage: LifecycleStage.Active } || (await SourceExperiment.ReadAsync(to, there, cancellationToken)) is not { Runs.Count: 0, Models.Count: 0 })
                throw Exists("experiment", there.Name);
            intoDefault = there.ExperimentId;
        }

        foreach (var model in models)
        {
            if (await IsThereAsync(model.Model.Name, cancellationToken))
                throw Exists("registered model", model.Model.Name);
        }

        // A store of MLflow 2 says so here, before anything is written.
        if (experiments.Any(experiment => experiment.Models.Count > 0))
            await to.Tracking.SearchLoggedModelsAsync(["0"], null, null, 1, null, null, cancellationToken);
        return intoDefault;
    }

    private async Task<bool> IsThereAsync(string model, CancellationToken cancellationToken)
    {
        try
        {
            await to.Registry.GetRegisteredModelAsync(model, cancellationToken);
            return true;
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.ResourceDoesNotExist)
        {
            return false;
        }
    }

    private MlflowException Exists(string what, string name) => new(
        $"There is a {what} '{name}' in {StoreUri.WithoutSecrets(to.Uri)} already, and nothing is written over. Rename or delete it for good, or copy other experiments.", ErrorCode.ResourceAlreadyExists);

    private async Task CopyAsync(SourceExperiment source, string? intoDefault, CancellationToken cancellationToken)
    {
        var tags = source.Experiment.Tags;
        var id = source.Experiment.Name == "Default" && intoDefault is not null
            ? intoDefault
            : await to.Tracking.CreateExperimentAsync(source.Experiment.Name, null, null, cancellationToken);
        _report.Experiments++;
        // All identifiers first: a tag may name a run that comes later.
        var runs = new RunCopy(from, to, _map, _report);
        foreach (var run in source.Runs)
            await runs.CreateAsync(run, id, cancellationToken);
        var models = new LoggedModelCopy(from, to, _map, _report);
        foreach (var model in source.Models)
            await models.CopyAsync(model, id, cancellationToken);
        foreach (var run in source.Runs)
            await runs.FillAsync(run, source.Models, cancellationToken);
        foreach (var model in source.Models)
            await models.CheckAsync(model, cancellationToken);
        foreach (var (key, value) in tags)
            await to.Tracking.SetExperimentTagAsync(id, key, _map.Translate(value), cancellationToken);
    }
}
