namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore
{
    public Task<LoggedModel> CreateLoggedModelAsync( string experimentId, string? name, string? sourceRunId, IReadOnlyDictionary<string, string>? tags, IReadOnlyDictionary<string, string>? parameters, string? modelType, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<LoggedModel> GetLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<LoggedModel> FinalizeLoggedModelAsync(string modelId, LoggedModelStatus status, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task DeleteLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task SetLoggedModelTagsAsync(string modelId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task DeleteLoggedModelTagAsync(string modelId, string key, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task LogLoggedModelParamsAsync(string modelId, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<PagedList<LoggedModel>> SearchLoggedModelsAsync( IReadOnlyList<string> experimentIds, string? filter, IReadOnlyList<LoggedModelDatasetFilter>? datasets, int maxResults, IReadOnlyList<LoggedModelOrderBy>? orderBy, string? pageToken, CancellationToken cancellationToken = default) => throw Unfinished();

    private static MlflowException Unfinished() => new("Not done yet.", ErrorCode.NotImplemented);
}
