namespace MLflowSharp.Journal;

/// <content>What is not logging goes to the store itself; what depends on what was logged, after that.</content>
internal sealed partial class JournaledTrackingStore
{
    public async Task<Run> CreateRunAsync(
        string experimentId, string userId, DateTimeOffset startTime, IReadOnlyDictionary<string, string>? tags, string? runName, CancellationToken cancellationToken = default)
    {
        BeginRecovery();
        var run = await _inner.CreateRunAsync(experimentId, userId, startTime, tags, runName, cancellationToken);
        Remember(run.Info);
        return run;
    }

    public async Task<Run> GetRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        var run = await AfterwardsAsync(() => _inner.GetRunAsync(runId, cancellationToken), cancellationToken);
        Remember(run.Info);
        return run;
    }

    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        // Whoever logs to it next in this process is told at once.
        ForgetEverywhere(store => store.Forget(runId));
        return AfterwardsAsync(() => _inner.DeleteRunAsync(runId, cancellationToken), cancellationToken);
    }

    public Task DeleteExperimentAsync(string experimentId, CancellationToken cancellationToken = default)
    {
        ForgetEverywhere(store => store._runs.Clear());
        return AfterwardsAsync(() => _inner.DeleteExperimentAsync(experimentId, cancellationToken), cancellationToken);
    }

    public Task<IReadOnlyList<DatasetSummary>> SearchDatasetsAsync(IReadOnlyList<string> experimentIds, CancellationToken cancellationToken = default) =>
        AfterwardsAsync(() => _inner.SearchDatasetsAsync(experimentIds, cancellationToken), cancellationToken);

    public Task<LoggedModel> GetLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) =>
        AfterwardsAsync(() => _inner.GetLoggedModelAsync(modelId, cancellationToken), cancellationToken);

    public Task DeleteLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) =>
        AfterwardsAsync(() => _inner.DeleteLoggedModelAsync(modelId, cancellationToken), cancellationToken);

    public Task<PagedList<LoggedModel>> SearchLoggedModelsAsync(
        IReadOnlyList<string> experimentIds, string? filter, IReadOnlyList<LoggedModelDatasetFilter>? datasets, int maxResults, IReadOnlyList<LoggedModelOrderBy>? orderBy, string? pageToken, CancellationToken cancellationToken = default) =>
        AfterwardsAsync(() => _inner.SearchLoggedModelsAsync(experimentIds, filter, datasets, maxResults, orderBy, pageToken, cancellationToken), cancellationToken);

    public Task<PagedList<Metric>> GetMetricHistoryAsync(string runId, string key, int? maxResults, string? pageToken, CancellationToken cancellationToken = default) =>
        AfterwardsAsync(() => _inner.GetMetricHistoryAsync(runId, key, maxResults, pageToken, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<Metric>> GetMetricHistoryBulkAsync(
        IReadOnlyList<string> runIds, string key, int maxResults, CancellationToken cancellationToken = default) =>
        AfterwardsAsync(() => _inner.GetMetricHistoryBulkAsync(runIds, key, maxResults, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<Metric>> GetMetricHistoryIntervalAsync(
        IReadOnlyList<string> runIds, string key, int maxResults, long? startStep = null, long? endStep = null, CancellationToken cancellationToken = default) =>
        AfterwardsAsync(() => _inner.GetMetricHistoryIntervalAsync(runIds, key, maxResults, startStep, endStep, cancellationToken), cancellationToken);

    public Task RestoreRunAsync(string runId, CancellationToken cancellationToken = default) =>
        AfterwardsAsync(() => _inner.RestoreRunAsync(runId, cancellationToken), cancellationToken);

    public Task<PagedList<Run>> SearchRunsAsync(
        IReadOnlyList<string> experimentIds, string? filter, ViewType viewType, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default) =>
        AfterwardsAsync(() => _inner.SearchRunsAsync(experimentIds, filter, viewType, maxResults, orderBy, pageToken, cancellationToken), cancellationToken);

    public Task<string> CreateExperimentAsync(
        string name, string? artifactLocation, IReadOnlyDictionary<string, string>? tags, CancellationToken cancellationToken = default) =>
        _inner.CreateExperimentAsync(name, artifactLocation, tags, cancellationToken);

    public Task<Experiment> GetExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        _inner.GetExperimentAsync(experimentId, cancellationToken);

    public Task<Experiment?> GetExperimentByNameAsync(string name, CancellationToken cancellationToken = default) =>
        _inner.GetExperimentByNameAsync(name, cancellationToken);

    public Task<PagedList<Experiment>> SearchExperimentsAsync(
        string? filter, ViewType viewType, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default) =>
        _inner.SearchExperimentsAsync(filter, viewType, maxResults, orderBy, pageToken, cancellationToken);

    public Task RestoreExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        _inner.RestoreExperimentAsync(experimentId, cancellationToken);

    public Task RenameExperimentAsync(string experimentId, string newName, CancellationToken cancellationToken = default) =>
        _inner.RenameExperimentAsync(experimentId, newName, cancellationToken);

    public Task SetExperimentTagAsync(string experimentId, string key, string value, CancellationToken cancellationToken = default) =>
        _inner.SetExperimentTagAsync(experimentId, key, value, cancellationToken);

    public Task DeleteExperimentTagAsync(string experimentId, string key, CancellationToken cancellationToken = default) =>
        _inner.DeleteExperimentTagAsync(experimentId, key, cancellationToken);

    public Task<LoggedModel> CreateLoggedModelAsync(
        string experimentId, string? name, string? sourceRunId, IReadOnlyDictionary<string, string>? tags, IReadOnlyDictionary<string, string>? parameters, string? modelType, CancellationToken cancellationToken = default) =>
        _inner.CreateLoggedModelAsync(experimentId, name, sourceRunId, tags, parameters, modelType, cancellationToken);

    public Task<LoggedModel> FinalizeLoggedModelAsync(string modelId, LoggedModelStatus status, CancellationToken cancellationToken = default) =>
        _inner.FinalizeLoggedModelAsync(modelId, status, cancellationToken);

    public Task SetLoggedModelTagsAsync(string modelId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default) =>
        _inner.SetLoggedModelTagsAsync(modelId, tags, cancellationToken);

    public Task DeleteLoggedModelTagAsync(string modelId, string key, CancellationToken cancellationToken = default) =>
        _inner.DeleteLoggedModelTagAsync(modelId, key, cancellationToken);

    public Task LogLoggedModelParamsAsync(string modelId, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken = default) =>
        _inner.LogLoggedModelParamsAsync(modelId, parameters, cancellationToken);

    public Task SetTraceTagAsync(string traceId, string key, string value, CancellationToken cancellationToken = default) =>
        _inner.SetTraceTagAsync(traceId, key, value, cancellationToken);

    public Task DeleteTraceTagAsync(string traceId, string key, CancellationToken cancellationToken = default) =>
        _inner.DeleteTraceTagAsync(traceId, key, cancellationToken);

    private void ForgetEverywhere(Action<JournaledTrackingStore> forget)
    {
        forget(this);
        foreach (var store in OpenJournals.OfStore(Folder))
            forget(store);
    }

    private Task<T> AfterwardsAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken)
    {
        var ready = ReadyAsync(cancellationToken);
        return ready.IsCompletedSuccessfully ? action() : WaitAsync();

        async Task<T> WaitAsync()
        {
            await ready;
            return await action();
        }
    }

    private async Task AfterwardsAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        await action();
    }
}
