using MLflowSharp.Context;
using MLflowSharp.Protocol;
using MLflowSharp.Registry;
using MLflowSharp.Server.Experiments;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.Registry;

/// <summary>model-versions/…</summary>
internal sealed class ModelVersionHandlers(MlflowStores stores)
{
    /// <summary>As many as MLflow gives when nothing is said.</summary>
    private const int DefaultMaxResults = 200_000;

    private readonly IModelRegistryStore _store = stores.Registry;
    private readonly SourceRules _sources = new(stores);

    public IEnumerable<Route> Routes =>
    [
        .. Route.Of(Endpoints.CreateModelVersion, CreateAsync),
        .. Route.Of(Endpoints.UpdateModelVersion, UpdateAsync),
        .. Route.Of(Endpoints.TransitionStage, TransitionAsync),
        .. Route.Of(Endpoints.DeleteModelVersion, DeleteAsync),
        .. Route.Of(Endpoints.GetModelVersion, GetAsync),
        .. Route.Of(Endpoints.SearchModelVersions, SearchAsync),
        .. Route.Of(Endpoints.GetDownloadUri, GetDownloadUriAsync),
        .. Route.Of(Endpoints.SetModelVersionTag, SetTagAsync),
        .. Route.Of(Endpoints.DeleteModelVersionTag, DeleteTagAsync),
    ];

    /// <summary>Checks what a version is made from, and fills in which run and logged model it comes from.</summary>
    public Task<CreateModelVersionRequest> CheckAsync(CreateModelVersionRequest request, CancellationToken cancellationToken) => _sources.CheckAsync(request, cancellationToken);

    /// <summary>Makes a version of a request that was checked.</summary>
    public async Task<ModelVersion> CreateAsync(CreateModelVersionRequest request, CancellationToken cancellationToken)
    {
        var version = await _store.CreateModelVersionAsync(
            request.Name!,
            request.Source!,
            WireText.OrNull(request.RunId),
            KeyValueMessage.ToMap(request.Tags),
            WireText.OrNull(request.RunLink),
            WireText.OrNull(request.Description),
            WireText.OrNull(request.ModelId),
            cancellationToken);
        if (WireText.OrNull(request.ModelId) is { } modelId)
            await RecordAsync(modelId, version, cancellationToken);
        return version;
    }

    private async Task<RestResponse> CreateAsync(RestCall call, CancellationToken cancellationToken) => Answer(
        await CreateAsync(await CheckAsync(await call.ReadAsync<CreateModelVersionRequest>(["name", "source"], cancellationToken), cancellationToken), cancellationToken));

    /// <summary>Names the new version in the logged model's tag, where MLflow's pages look for it.</summary>
    private async Task RecordAsync(string modelId, ModelVersion version, CancellationToken cancellationToken)
    {
        var model = await stores.Tracking.GetLoggedModelAsync(modelId, cancellationToken);
        if (LoggedModelRegistrations.With(model.Tags, version.Name, version.Version) is { } list)
            await stores.Tracking.SetLoggedModelTagsAsync(modelId, new Dictionary<string, string> { [SystemTags.ModelVersions] = list }, cancellationToken);
    }

    private async Task<RestResponse> UpdateAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<UpdateModelVersionRequest>(["name", "version"], cancellationToken);
        return Answer(await _store.UpdateModelVersionAsync(request.Name!, request.Version!, request.Description ?? "", cancellationToken));
    }

    private async Task<RestResponse> TransitionAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<TransitionStageRequest>(["name", "version", "stage"], cancellationToken);
        return Answer(await _store.TransitionModelVersionStageAsync(request.Name!, request.Version!, request.Stage!, request.ArchiveExistingVersions ?? false, cancellationToken));
    }

    private async Task<RestResponse> DeleteAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<ModelVersionRequest>(["name", "version"], cancellationToken);
        await _store.DeleteModelVersionAsync(request.Name!, request.Version!, cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> GetAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<ModelVersionRequest>(["name", "version"], cancellationToken);
        return Answer(await _store.GetModelVersionAsync(request.Name!, request.Version!, cancellationToken));
    }

    private async Task<RestResponse> SearchAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<RegistrySearchRequest>(cancellationToken);
        MessageFields<RegistrySearchRequest>.CheckPageSize(request.MaxResults, DefaultMaxResults);
        var found = await _store.SearchModelVersionsAsync(
            WireText.OrNull(request.Filter), ExperimentHandlers.Clamp(request.MaxResults ?? DefaultMaxResults), request.OrderBy, WireText.OrNull(request.PageToken), cancellationToken);
        return Answers.Json(new ModelVersionsResponse { ModelVersions = found.Count == 0 ? null : [.. found.Select(ModelVersionMessage.From)], NextPageToken = found.Token });
    }

    private async Task<RestResponse> GetDownloadUriAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<ModelVersionRequest>(["name", "version"], cancellationToken);
        return Answers.Json(new DownloadUriResponse { ArtifactUri = await _store.GetModelVersionDownloadUriAsync(request.Name!, request.Version!, cancellationToken) });
    }

    private async Task<RestResponse> SetTagAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<ModelVersionTagRequest>(["name", "version", "key"], cancellationToken);
        await _store.SetModelVersionTagAsync(request.Name!, request.Version!, request.Key!, request.Value ?? "", cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> DeleteTagAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<ModelVersionTagRequest>(["name", "version", "key"], cancellationToken);
        await _store.DeleteModelVersionTagAsync(request.Name!, request.Version!, request.Key!, cancellationToken);
        return Answers.Done();
    }

    private static RestResponse Answer(ModelVersion version) => Answers.Json(new ModelVersionResponse { ModelVersion = ModelVersionMessage.From(version) });
}
