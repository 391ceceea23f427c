namespace MLflowSharp.Server.Users;

internal sealed partial class PermittedTrackingStore
{
    public Task<LoggedModel> CreateLoggedModelAsync(
        string experimentId,
        string? name,
        string? sourceRunId,
        IReadOnlyDictionary<string, string>? tags,
        IReadOnlyDictionary<string, string>? parameters,
        string? modelType,
        CancellationToken cancellationToken = default) =>
        With(experimentId, Permission.Edit, () => inner.CreateLoggedModelAsync(experimentId, name, sourceRunId, tags, parameters, modelType, cancellationToken));

    public async Task<LoggedModel> GetLoggedModelAsync(string modelId, CancellationToken cancellationToken = default)
    {
        var model = await inner.GetLoggedModelAsync(modelId, cancellationToken);
        Require(Remember(modelId, model.ExperimentId), Permission.Read);
        return model;
    }

    public async Task<LoggedModel> FinalizeLoggedModelAsync(string modelId, LoggedModelStatus status, CancellationToken cancellationToken = default)
    {
        await RequireOfModelAsync(modelId, Permission.Edit, cancellationToken);
        return await inner.FinalizeLoggedModelAsync(modelId, status, cancellationToken);
    }

    public async Task DeleteLoggedModelAsync(string modelId, CancellationToken cancellationToken = default)
    {
        await RequireOfModelAsync(modelId, Permission.Manage, cancellationToken);
        await inner.DeleteLoggedModelAsync(modelId, cancellationToken);
    }

    public async Task SetLoggedModelTagsAsync(string modelId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default)
    {
        await RequireOfModelAsync(modelId, Permission.Edit, cancellationToken);
        await inner.SetLoggedModelTagsAsync(modelId, tags, cancellationToken);
    }

    public async Task DeleteLoggedModelTagAsync(string modelId, string key, CancellationToken cancellationToken = default)
    {
        await RequireOfModelAsync(modelId, Permission.Edit, cancellationToken);
        await inner.DeleteLoggedModelTagAsync(modelId, key, cancellationToken);
    }

    public async Task LogLoggedModelParamsAsync(string modelId, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken = default)
    {
        await RequireOfModelAsync(modelId, Permission.Edit, cancellationToken);
        await inner.LogLoggedModelParamsAsync(modelId, parameters, cancellationToken);
    }

    public async Task<PagedList<LoggedModel>> SearchLoggedModelsAsync(
        IReadOnlyList<string> experimentIds,
        string? filter,
        IReadOnlyList<LoggedModelDatasetFilter>? datasets,
        int maxResults,
        IReadOnlyList<LoggedModelOrderBy>? orderBy,
        string? pageToken,
        CancellationToken cancellationToken = default) =>
        Readable(experimentIds) is { Count: > 0 } readable
            ? await inner.SearchLoggedModelsAsync(readable, filter, datasets, maxResults, orderBy, pageToken, cancellationToken)
            : new([], null);
}
