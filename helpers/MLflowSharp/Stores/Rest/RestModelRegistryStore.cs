using MLflowSharp.Protocol;
using MLflowSharp.Search;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Rest;

/// <summary>Registered models of a tracking server of MLflow 2.15 or later.</summary>
internal sealed partial class RestModelRegistryStore(RestConnection connection) : IModelRegistryStore
{
    private const int MaxModels = 1000;
    private const int MaxVersions = 200_000;

    public void Dispose() => connection.Dispose();

    public Task<RegisteredModel> CreateRegisteredModelAsync(
        string name, IReadOnlyDictionary<string, string>? tags, string? description, CancellationToken cancellationToken = default) =>
        ReadModelAsync(
            Endpoints.CreateRegisteredModel, new CreateRegisteredModelRequest { Name = name, Tags = KeyValueMessage.From(tags), Description = description }, cancellationToken);

    public Task<RegisteredModel> RenameRegisteredModelAsync(string name, string newName, CancellationToken cancellationToken = default) =>
        ReadModelAsync(Endpoints.RenameRegisteredModel, new RenameRegisteredModelRequest { Name = name, NewName = newName }, cancellationToken);

    public Task<RegisteredModel> UpdateRegisteredModelAsync(string name, string? description, CancellationToken cancellationToken = default) =>
        ReadModelAsync(Endpoints.UpdateRegisteredModel, new UpdateRegisteredModelRequest { Name = name, Description = description }, cancellationToken);

    public Task DeleteRegisteredModelAsync(string name, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.DeleteRegisteredModel, new RegisteredModelNameRequest { Name = name }, cancellationToken);

    public Task<RegisteredModel> GetRegisteredModelAsync(string name, CancellationToken cancellationToken = default) =>
        ReadModelAsync(Endpoints.GetRegisteredModel, new RegisteredModelNameRequest { Name = name }, cancellationToken);

    public async Task<PagedList<RegisteredModel>> SearchRegisteredModelsAsync(
        string? filter, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default)
    {
        // MLflow's server takes 0 for its default.
        RegistryRules.CheckMaxResults(maxResults, MaxModels);
        var answer = await connection.SearchAsync<RegistrySearchRequest, SearchRegisteredModelsResponse>(
            Endpoints.SearchRegisteredModels, Search(filter, maxResults, orderBy, pageToken), RestTrackingStore.Check(SearchSchema.RegisteredModels, filter, orderBy), cancellationToken);
        return new([.. (answer.RegisteredModels ?? []).Select(model => model.ToEntity())], WireText.OrNull(answer.NextPageToken));
    }

    public async Task<IReadOnlyList<ModelVersion>> GetLatestVersionsAsync(string name, IReadOnlyList<string>? stages, CancellationToken cancellationToken = default)
    {
        var answer = await connection.CallAsync<GetLatestVersionsRequest, ModelVersionsResponse>(
            Endpoints.GetLatestVersions, new() { Name = name, Stages = stages is { Count: > 0 } ? stages : null }, cancellationToken);
        return [.. (answer.ModelVersions ?? []).Select(version => version.ToEntity())];
    }

    public Task SetRegisteredModelTagAsync(string name, string key, string value, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.SetRegisteredModelTag, new RegisteredModelTagRequest { Name = name, Key = key, Value = value }, cancellationToken);

    public Task DeleteRegisteredModelTagAsync(string name, string key, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.DeleteRegisteredModelTag, new RegisteredModelTagRequest { Name = name, Key = key }, cancellationToken);

    public Task SetRegisteredModelAliasAsync(string name, string alias, string version, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.SetRegisteredModelAlias, new RegisteredModelAliasRequest { Name = name, Alias = alias, Version = version }, cancellationToken);

    public Task DeleteRegisteredModelAliasAsync(string name, string alias, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.DeleteRegisteredModelAlias, new RegisteredModelAliasRequest { Name = name, Alias = alias }, cancellationToken);

    private async Task<RegisteredModel> ReadModelAsync<TRequest>(Endpoint endpoint, TRequest request, CancellationToken cancellationToken)
        where TRequest : class
    {
        var answer = await connection.CallAsync<TRequest, RegisteredModelResponse>(endpoint, request, cancellationToken);
        return answer.RegisteredModel?.ToEntity() ?? throw connection.Incomplete(endpoint);
    }

    private static RegistrySearchRequest Search(string? filter, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken) => new()
    {
        Filter = WireText.OrNull(filter),
        MaxResults = maxResults,
        OrderBy = orderBy is { Count: > 0 } ? orderBy : null,
        PageToken = WireText.OrNull(pageToken),
    };
}
