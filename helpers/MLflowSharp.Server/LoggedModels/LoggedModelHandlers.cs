using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LoggedModels;

/// <summary>logged-models/… (MLflow 3)</summary>
internal sealed class LoggedModelHandlers(ITrackingStore store)
{
    private const int DefaultMaxResults = 50;

    public IEnumerable<Route> Routes =>
    [
        .. Route.Of(Endpoints.CreateLoggedModel, CreateAsync),
        .. Route.Of(Endpoints.GetLoggedModel, GetAsync),
        .. Route.Of(Endpoints.FinalizeLoggedModel, FinalizeAsync),
        .. Route.Of(Endpoints.DeleteLoggedModel, DeleteAsync),
        .. Route.Of(Endpoints.SearchLoggedModels, SearchAsync),
        .. Route.Of(Endpoints.SetLoggedModelTags, SetTagsAsync),
        .. Route.Of(Endpoints.DeleteLoggedModelTag, DeleteTagAsync),
        .. Route.Of(Endpoints.LogLoggedModelParams, LogParamsAsync),
    ];

    private async Task<RestResponse> CreateAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<CreateLoggedModelRequest>(["experiment_id"], cancellationToken);
        return Answer(await store.CreateLoggedModelAsync(
            request.ExperimentId!,
            WireText.OrNull(request.Name),
            WireText.OrNull(request.SourceRunId),
            KeyValueMessage.ToMap(request.Tags),
            KeyValueMessage.ToMap(request.Params),
            WireText.OrNull(request.ModelType),
            cancellationToken));
    }

    private async Task<RestResponse> GetAsync(RestCall call, CancellationToken cancellationToken) =>
        Answer(await store.GetLoggedModelAsync(call["model_id"], cancellationToken));

    private async Task<RestResponse> FinalizeAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<FinalizeLoggedModelRequest>(["status"], cancellationToken);
        return Answer(await store.FinalizeLoggedModelAsync(call["model_id"], request.Status!.Value, cancellationToken));
    }

    private async Task<RestResponse> DeleteAsync(RestCall call, CancellationToken cancellationToken)
    {
        await store.DeleteLoggedModelAsync(call["model_id"], cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> SearchAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<SearchLoggedModelsRequest>(["experiment_ids"], cancellationToken);
        var found = await store.SearchLoggedModelsAsync(
            request.ExperimentIds!,
            WireText.OrNull(request.Filter),
            [.. (request.Datasets ?? []).Select(dataset => new LoggedModelDatasetFilter(dataset.DatasetName ?? "", WireText.OrNull(dataset.DatasetDigest)))],
            request.MaxResults ?? DefaultMaxResults,
            [.. (request.OrderBy ?? []).Select(key => key.ToEntity())],
            WireText.OrNull(request.PageToken),
            cancellationToken);
        return Answers.Json(new SearchLoggedModelsResponse { Models = found.Count == 0 ? null : [.. found.Select(LoggedModelMessage.From)], NextPageToken = found.Token });
    }

    private async Task<RestResponse> SetTagsAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<SetLoggedModelTagsRequest>(cancellationToken);
        await store.SetLoggedModelTagsAsync(call["model_id"], KeyValueMessage.ToMap(request.Tags), cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> DeleteTagAsync(RestCall call, CancellationToken cancellationToken)
    {
        await store.DeleteLoggedModelTagAsync(call["model_id"], call["tag_key"], cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> LogParamsAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<LogLoggedModelParamsRequest>(cancellationToken);
        await store.LogLoggedModelParamsAsync(call["model_id"], KeyValueMessage.ToMap(request.Params), cancellationToken);
        return Answers.Done();
    }

    private static RestResponse Answer(LoggedModel model) => Answers.Json(new LoggedModelResponse { Model = LoggedModelMessage.From(model) });
}
