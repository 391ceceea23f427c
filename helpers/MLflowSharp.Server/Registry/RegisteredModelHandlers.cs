using MLflowSharp.Protocol;
using MLflowSharp.Server.Experiments;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.Registry;

/// <summary>registered-models/…</summary>
internal sealed class RegisteredModelHandlers(IModelRegistryStore store)
{
    private const int DefaultMaxResults = 100;
    private const int MostResults = 1000;

    public IEnumerable<Route> Routes =>
    [
        .. Route.Of(Endpoints.CreateRegisteredModel, CreateAsync),
        .. Route.Of(Endpoints.RenameRegisteredModel, RenameAsync),
        .. Route.Of(Endpoints.UpdateRegisteredModel, UpdateAsync),
        .. Route.Of(Endpoints.DeleteRegisteredModel, DeleteAsync),
        .. Route.Of(Endpoints.GetRegisteredModel, GetAsync),
        .. Route.Of(Endpoints.SearchRegisteredModels, SearchAsync),
        .. Route.Of(Endpoints.GetLatestVersions, GetLatestVersionsAsync),
        .. Route.Of(Endpoints.GetLatestVersions with { Method = HttpMethod.Get }, GetLatestVersionsAsync),
        .. Route.Of(Endpoints.SetRegisteredModelTag, SetTagAsync),
        .. Route.Of(Endpoints.DeleteRegisteredModelTag, DeleteTagAsync),
        .. Route.Of(Endpoints.SetRegisteredModelAlias, SetAliasAsync),
        .. Route.Of(Endpoints.DeleteRegisteredModelAlias, DeleteAliasAsync),
        .. Route.Of(Endpoints.GetModelVersionByAlias, GetByAliasAsync),
    ];

    private async Task<RestResponse> CreateAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<CreateRegisteredModelRequest>(["name"], cancellationToken);
        return Answer(await store.CreateRegisteredModelAsync(request.Name!, KeyValueMessage.ToMap(request.Tags), WireText.OrNull(request.Description), cancellationToken));
    }

    private async Task<RestResponse> RenameAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<RenameRegisteredModelRequest>(["name", "new_name"], cancellationToken);
        return Answer(await store.RenameRegisteredModelAsync(request.Name!, request.NewName!, cancellationToken));
    }

    private async Task<RestResponse> UpdateAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<UpdateRegisteredModelRequest>(["name"], cancellationToken);
        return Answer(await store.UpdateRegisteredModelAsync(request.Name!, request.Description ?? "", cancellationToken));
    }

    private async Task<RestResponse> DeleteAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<RegisteredModelNameRequest>(["name"], cancellationToken);
        await store.DeleteRegisteredModelAsync(request.Name!, cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> GetAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<RegisteredModelNameRequest>(["name"], cancellationToken);
        return Answer(await store.GetRegisteredModelAsync(request.Name!, cancellationToken));
    }

    private async Task<RestResponse> SearchAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<RegistrySearchRequest>(cancellationToken);
        MessageFields<RegistrySearchRequest>.CheckPageSize(request.MaxResults, MostResults);
        var found = await store.SearchRegisteredModelsAsync(
            WireText.OrNull(request.Filter), ExperimentHandlers.Clamp(request.MaxResults ?? DefaultMaxResults), request.OrderBy, WireText.OrNull(request.PageToken), cancellationToken);
        return Answers.Json(new SearchRegisteredModelsResponse { RegisteredModels = found.Count == 0 ? null : [.. found.Select(RegisteredModelMessage.From)], NextPageToken = found.Token });
    }

    private async Task<RestResponse> GetLatestVersionsAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<GetLatestVersionsRequest>(["name"], cancellationToken);
        var versions = await store.GetLatestVersionsAsync(request.Name!, request.Stages is { Count: > 0 } stages ? stages : null, cancellationToken);
        return Answers.Json(new ModelVersionsResponse { ModelVersions = versions.Count == 0 ? null : [.. versions.Select(ModelVersionMessage.From)] });
    }

    private async Task<RestResponse> SetTagAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<RegisteredModelTagRequest>(["name", "key"], cancellationToken);
        await store.SetRegisteredModelTagAsync(request.Name!, request.Key!, request.Value ?? "", cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> DeleteTagAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<RegisteredModelTagRequest>(["name", "key"], cancellationToken);
        await store.DeleteRegisteredModelTagAsync(request.Name!, request.Key!, cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> SetAliasAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<RegisteredModelAliasRequest>(["name", "alias", "version"], cancellationToken);
        await store.SetRegisteredModelAliasAsync(request.Name!, request.Alias!, request.Version!, cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> DeleteAliasAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<RegisteredModelAliasRequest>(["name", "alias"], cancellationToken);
        await store.DeleteRegisteredModelAliasAsync(request.Name!, request.Alias!, cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> GetByAliasAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<RegisteredModelAliasRequest>(["name", "alias"], cancellationToken);
        return Answers.Json(new ModelVersionResponse { ModelVersion = ModelVersionMessage.From(await store.GetModelVersionByAliasAsync(request.Name!, request.Alias!, cancellationToken)) });
    }

    private static RestResponse Answer(RegisteredModel model) => Answers.Json(new RegisteredModelResponse { RegisteredModel = RegisteredModelMessage.From(model) });
}
