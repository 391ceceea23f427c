using MLflowSharp.Protocol;
using MLflowSharp.Search;
using MLflowSharp.Validation;

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
        status is LoggedModelStatus.Pending or LoggedModelStatus.Ready or LoggedModelStatus.UploadFailed
            ? ReadModelAsync(Endpoints.FinalizeLoggedModel, new FinalizeLoggedModelRequest { ModelId = modelId, Status = status }, cancellationToken, modelId)
            : throw MlflowException.Invalid($"Invalid model status {status}. Use Ready, or UploadFailed when the files could not be written.");

    public Task DeleteLoggedModelAsync(string modelId, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.DeleteLoggedModel, new DeleteLoggedModelRequest { ModelId = modelId }, cancellationToken, modelId);

    public Task SetLoggedModelTagsAsync(string modelId, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken = default)
    {
        RegistryRules.CheckLoggedModelItems(tags, "tag");
        return connection.CallAsync(Endpoints.SetLoggedModelTags, new SetLoggedModelTagsRequest { Tags = KeyValueMessage.From(tags) }, cancellationToken, modelId);
    }

    public Task DeleteLoggedModelTagAsync(string modelId, string key, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.DeleteLoggedModelTag, new EmptyMessage(), cancellationToken, modelId, key);

    public async Task LogLoggedModelParamsAsync(string modelId, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken = default)
    {
        try
        {
            await LogModelParamsAsync(modelId, KeyValueMessage.From(parameters) ?? [], cancellationToken);
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.BadRequest && error.Message.Contains("unique", StringComparison.OrdinalIgnoreCase))
        {
            // MLflow's server lets its database refuse a key that is there, also with the same value; a repetition after a lost answer is one.
            await LogMissingParamsAsync(modelId, parameters, cancellationToken);
        }
    }

    public async Task<PagedList<LoggedModel>> SearchLoggedModelsAsync(
        IReadOnlyList<string> experimentIds,
        string? filter,
        IReadOnlyList<LoggedModelDatasetFilter>? datasets,
        int maxResults,
        IReadOnlyList<LoggedModelOrderBy>? orderBy,
        string? pageToken,
        CancellationToken cancellationToken = default)
    {
        // MLflow's server refuses the question about no experiment.
        if (experimentIds.Count == 0)
            return new([], null);
        var request = new SearchLoggedModelsRequest
        {
            ExperimentIds = experimentIds,
            Filter = WireText.OrNull(filter),
            Datasets = datasets is { Count: > 0 }
                ? [.. datasets.Select(dataset => new LoggedModelDatasetMessage { DatasetName = dataset.DatasetName, DatasetDigest = dataset.DatasetDigest })]
                : null,
            MaxResults = maxResults,
            OrderBy = orderBy is { Count: > 0 } ? [.. orderBy.Select(LoggedModelOrderByMessage.From)] : null,
            PageToken = WireText.OrNull(pageToken),
        };
        var answer = await connection.SearchAsync<SearchLoggedModelsRequest, SearchLoggedModelsResponse>(
            Endpoints.SearchLoggedModels, request, Check, cancellationToken);
        return new([.. (answer.Models ?? []).Select(model => model.ToEntity())], WireText.OrNull(answer.NextPageToken));

        void Check()
        {
            var parser = new SearchParser(SearchSchema.LoggedModels);
            parser.ParseFilter(filter);
            parser.ParseOrderBy(orderBy);
        }
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

    private async Task LogMissingParamsAsync(string modelId, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        var logged = (await GetLoggedModelAsync(modelId, cancellationToken)).Params;
        foreach (var (key, value) in parameters)
        {
            if (logged.TryGetValue(key, out var old) && old != value)
            {
                throw MlflowException.Invalid(
                    $"Changing param values is not allowed. Param with key='{key}' was already logged with value='{old}' for model ID='{modelId}'. Attempted logging new value '{value}'.");
            }
        }

        var missing = parameters.Where(param => !logged.ContainsKey(param.Key)).ToDictionary();
        await LogModelParamsAsync(modelId, KeyValueMessage.From(missing) ?? [], cancellationToken);
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
