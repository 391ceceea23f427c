namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore
{
    public Task DeleteExperimentTagAsync(string experimentId, string key, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<IReadOnlyList<DatasetSummary>> SearchDatasetsAsync(IReadOnlyList<string> experimentIds, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<IReadOnlyList<Metric>> GetMetricHistoryBulkAsync( IReadOnlyList<string> runIds, string key, int maxResults, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<IReadOnlyList<Metric>> GetMetricHistoryIntervalAsync( IReadOnlyList<string> runIds, string key, int maxResults, long? startStep = null, long? endStep = null, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task SetTraceTagAsync(string traceId, string key, string value, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task DeleteTraceTagAsync(string traceId, string key, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task LogOutputsAsync(string runId, IReadOnlyList<LoggedModelOutput> models, CancellationToken cancellationToken = default) => throw Unfinished();

    private static MlflowException Unfinished() => new("Not done yet.", ErrorCode.NotImplemented);
}
