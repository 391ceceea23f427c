namespace MLflowSharp.Stores.Sqlite;

internal sealed partial class SqliteTrackingStore
{
    public Task DeleteExperimentTagAsync(string experimentId, string key, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<IReadOnlyList<DatasetSummary>> SearchDatasetsAsync(IReadOnlyList<string> experimentIds, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<LoggedModel> CreateLoggedModelAsync( string experimentId, string? name, string? sourceRunId, IReadOnlyDictionary<string, string>? tags, IReadOnlyDictionary<string, string>? parameters, string? modelType, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<LoggedModel> GetLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<LoggedModel> FinalizeLoggedModelAsync(string modelId, LoggedModelStatus status, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task DeleteLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task SetLoggedModelTagsAsync(string modelId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task DeleteLoggedModelTagAsync(string modelId, string key, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task LogLoggedModelParamsAsync(string modelId, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<PagedList<LoggedModel>> SearchLoggedModelsAsync( IReadOnlyList<string> experimentIds, string? filter, IReadOnlyList<LoggedModelDatasetFilter>? datasets, int maxResults, IReadOnlyList<LoggedModelOrderBy>? orderBy, string? pageToken, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<IReadOnlyList<Metric>> GetMetricHistoryBulkAsync( IReadOnlyList<string> runIds, string key, int maxResults, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<IReadOnlyList<Metric>> GetMetricHistoryIntervalAsync( IReadOnlyList<string> runIds, string key, int maxResults, long? startStep = null, long? endStep = null, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task LogOutputsAsync(string runId, IReadOnlyList<LoggedModelOutput> models, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task SetTraceTagAsync(string traceId, string key, string value, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task DeleteTraceTagAsync(string traceId, string key, CancellationToken cancellationToken = default) => throw Unfinished();

    private static MlflowException Unfinished() => new("Not done yet.", ErrorCode.NotImplemented);
}
