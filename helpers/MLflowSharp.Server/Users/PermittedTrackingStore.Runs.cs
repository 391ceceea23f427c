namespace MLflowSharp.Server.Users;

internal sealed partial class PermittedTrackingStore
{
    public Task<Run> CreateRunAsync(
        string experimentId, string userId, DateTimeOffset startTime, IReadOnlyDictionary<string, string>? tags, string? runName, CancellationToken cancellationToken = default) =>
        With(experimentId, Permission.Edit, () => inner.CreateRunAsync(experimentId, userId, startTime, tags, runName, cancellationToken));

    public async Task<Run> GetRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        var run = await inner.GetRunAsync(runId, cancellationToken);
        Require(Remember(runId, run.Info.ExperimentId), Permission.Read);
        return run;
    }

    public async Task<RunInfo> UpdateRunInfoAsync(string runId, RunStatus? status, DateTimeOffset? endTime, string? runName, CancellationToken cancellationToken = default)
    {
        await RequireOfRunAsync(runId, Permission.Edit, cancellationToken);
        return await inner.UpdateRunInfoAsync(runId, status, endTime, runName, cancellationToken);
    }

    public async Task DeleteRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        await RequireOfRunAsync(runId, Permission.Manage, cancellationToken);
        await inner.DeleteRunAsync(runId, cancellationToken);
    }

    public async Task RestoreRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        await RequireOfRunAsync(runId, Permission.Manage, cancellationToken);
        await inner.RestoreRunAsync(runId, cancellationToken);
    }

    public async Task<PagedList<Run>> SearchRunsAsync(
        IReadOnlyList<string> experimentIds, string? filter, ViewType viewType, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default) =>
        Readable(experimentIds) is { Count: > 0 } readable ? await inner.SearchRunsAsync(readable, filter, viewType, maxResults, orderBy, pageToken, cancellationToken) : new([], null);

    public async Task LogBatchAsync(
        string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<RunTag> tags, CancellationToken cancellationToken = default)
    {
        await RequireOfRunAsync(runId, Permission.Edit, cancellationToken);
        await inner.LogBatchAsync(runId, metrics, parameters, tags, cancellationToken);
    }

    public async Task DeleteTagAsync(string runId, string key, CancellationToken cancellationToken = default)
    {
        await RequireOfRunAsync(runId, Permission.Edit, cancellationToken);
        await inner.DeleteTagAsync(runId, key, cancellationToken);
    }

    public async Task<PagedList<Metric>> GetMetricHistoryAsync(string runId, string key, int? maxResults, string? pageToken, CancellationToken cancellationToken = default)
    {
        await RequireOfRunAsync(runId, Permission.Read, cancellationToken);
        return await inner.GetMetricHistoryAsync(runId, key, maxResults, pageToken, cancellationToken);
    }

    public async Task<IReadOnlyList<Metric>> GetMetricHistoryBulkAsync(IReadOnlyList<string> runIds, string key, int maxResults, CancellationToken cancellationToken = default)
    {
        await RequireReadAsync(runIds, cancellationToken);
        return await inner.GetMetricHistoryBulkAsync(runIds, key, maxResults, cancellationToken);
    }

    public async Task<IReadOnlyList<Metric>> GetMetricHistoryIntervalAsync(
        IReadOnlyList<string> runIds, string key, int maxResults, long? startStep = null, long? endStep = null, CancellationToken cancellationToken = default)
    {
        await RequireReadAsync(runIds, cancellationToken);
        return await inner.GetMetricHistoryIntervalAsync(runIds, key, maxResults, startStep, endStep, cancellationToken);
    }

    public async Task LogInputsAsync(
        string runId, IReadOnlyList<DatasetInput> datasets, IReadOnlyList<LoggedModelInput>? models = null, CancellationToken cancellationToken = default)
    {
        await RequireOfRunAsync(runId, Permission.Edit, cancellationToken);
        await inner.LogInputsAsync(runId, datasets, models, cancellationToken);
    }

    public async Task LogOutputsAsync(string runId, IReadOnlyList<LoggedModelOutput> models, CancellationToken cancellationToken = default)
    {
        await RequireOfRunAsync(runId, Permission.Edit, cancellationToken);
        await inner.LogOutputsAsync(runId, models, cancellationToken);
    }

    private async Task RequireReadAsync(IReadOnlyList<string> runIds, CancellationToken cancellationToken)
    {
        foreach (var runId in runIds)
            await RequireOfRunAsync(runId, Permission.Read, cancellationToken);
    }
}
