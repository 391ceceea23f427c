using MLflowSharp.Protocol;

namespace MLflowSharp.Stores.Rest;

internal sealed partial class RestTrackingStore
{
    /// <summary>How many parameters MLflow's client puts into one request.</summary>
    private const int ParamsPerRequest = 100;

    public async Task<LoggedModel> CreateLoggedModelAsync(
        string experimentId,
        string? name,
        string? sourceRunId,
        IReadOnlyDictionary<string, string>? tags,
        IReadOnlyDictionary<string, string>? parameters,
        string? modelType,
        CancellationToken cancellationToken = default)
    {
        var all = KeyValueMessage.From(parameters) ?? [];
        var request = new CreateLoggedModelRequest
        {
            ExperimentId = experimentId,
            Name = WireText.OrNull(name),
            ModelType = WireText.OrNull(modelType),
            SourceRunId = WireText.OrNull(sourceRunId),
            Params = all.Count == 0 ? null : [.. all.Take(ParamsPerRequest)],
            Tags = KeyValueMessage.From(tags),
        };
        var model = await ReadModelAsync(Endpoints.CreateLoggedModel, request, cancellationToken);
        if (all.Count <= ParamsPerRequest)
            return model;
        try
        {
            await LogModelParamsAsync(model.ModelId, [.. all.Skip(ParamsPerRequest)], cancellationToken);
            return await GetLoggedModelAsync(model.ModelId, cancellationToken);
        }
        catch
        {
            // The caller gets no model, so none is to be left with half of its parameters.
            await TryDeleteAsync(model.ModelId);
            throw;
        }
    }

    public Task<LoggedModel> GetLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) =>
        ReadModelAsync(Endpoints.GetLoggedModel, new EmptyMessage(), cancellationToken, modelId);

    public Task<LoggedModel> FinalizeLoggedModelAsync(string modelId, LoggedModelStatus status, CancellationToken cancellationToken = default) =>
        ReadModelAsync(Endpoints.FinalizeLoggedModel, new FinalizeLoggedModelRequest { ModelId = modelId, Status = status }, cancellationToken, modelId);

    public Task DeleteLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.DeleteLoggedModel, new DeleteLoggedModelRequest { ModelId = modelId }, cancellationToken, modelId);

    public Task SetLoggedModelTagsAsync(string modelId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.SetLoggedModelTags, new SetLoggedModelTagsRequest { Tags = KeyValueMessage.From(tags) }, cancellationToken, modelId);

    public Task DeleteLoggedModelTagAsync(string modelId, string key, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.DeleteLoggedModelTag, new EmptyMessage(), cancellationToken, modelId, key);

    public Task LogLoggedModelParamsAsync(string modelId, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken = default) =>
        LogModelParamsAsync(modelId, KeyValueMessage.From(parameters) ?? [], cancellationToken);

    public async Task<PagedList<LoggedModel>> SearchLoggedModelsAsync(
        IReadOnlyList<string> experimentIds,
        string? filter,
        IReadOnlyList<LoggedModelDatasetFilter>? datasets,
        int maxResults,
        IReadOnlyList<LoggedModelOrderBy>? orderBy,
        string? pageToken,
        CancellationToken cancellationToken = default)
    {
        var request = new SearchLoggedModelsRequest
        {
            ExperimentIds = NotEmpty(experimentIds),
            Filter = WireText.OrNull(filter),
            Datasets = datasets is { Count: > 0 }
                ? [.. datasets.Select(dataset => new LoggedModelDatasetMessage { DatasetName = dataset.DatasetName, DatasetDigest = dataset.DatasetDigest })]
                : null,
            MaxResults = maxResults,
            OrderBy = orderBy is { Count: > 0 } ? [.. orderBy.Select(LoggedModelOrderByMessage.From)] : null,
            PageToken = WireText.OrNull(pageToken),
        };
        var answer = await connection.CallAsync<SearchLoggedModelsRequest, SearchLoggedModelsResponse>(Endpoints.SearchLoggedModels, request, cancellationToken);
        return new([.. (answer.Models ?? []).Select(model => model.ToEntity())], WireText.OrNull(answer.NextPageToken));
    }

    public Task SetTraceTagAsync(string traceId, string key, string value, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.SetTraceTag, new TraceTagRequest { Key = key, Value = value }, cancellationToken, traceId);

    public Task DeleteTraceTagAsync(string traceId, string key, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.DeleteTraceTag, new TraceTagRequest { Key = key }, cancellationToken, traceId);

    private async Task LogModelParamsAsync(string modelId, IReadOnlyList<KeyValueMessage> parameters, CancellationToken cancellationToken)
    {
        foreach (var part in parameters.Chunk(ParamsPerRequest))
            await connection.CallAsync(Endpoints.LogLoggedModelParams, new LogLoggedModelParamsRequest { ModelId = modelId, Params = part }, cancellationToken, modelId);
    }

    private async Task TryDeleteAsync(string modelId)
    {
        try
        {
            await DeleteLoggedModelAsync(modelId, CancellationToken.None);
        }
        catch (MlflowException)
        {
            // The first error is the one to tell; a model that stays is PENDING and says so.
        }
    }

    private async Task<LoggedModel> ReadModelAsync<TRequest>(Endpoint endpoint, TRequest request, CancellationToken cancellationToken, params string[] values)
        where TRequest : class
    {
        var answer = await connection.CallAsync<TRequest, LoggedModelResponse>(endpoint, request, cancellationToken, values);
        return answer.Model?.ToEntity() ?? throw connection.Incomplete(endpoint);
    }
}
