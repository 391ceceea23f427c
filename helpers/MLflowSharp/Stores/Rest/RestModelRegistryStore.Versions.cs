using MLflowSharp.Protocol;

namespace MLflowSharp.Stores.Rest;

internal sealed partial class RestModelRegistryStore
{
    public Task<ModelVersion> CreateModelVersionAsync(
        string name,
        string source,
        string? runId,
        IReadOnlyDictionary<string, string>? tags,
        string? runLink,
        string? description,
        string? modelId,
        CancellationToken cancellationToken = default)
    {
        var request = new CreateModelVersionRequest
        {
            Name = name,
            Source = source,
            RunId = WireText.OrNull(runId),
            RunLink = WireText.OrNull(runLink),
            Tags = KeyValueMessage.From(tags),
            Description = description,
            ModelId = WireText.OrNull(modelId),
        };
        return ReadVersionAsync(Endpoints.CreateModelVersion, request, cancellationToken);
    }

    public Task<ModelVersion> UpdateModelVersionAsync(string name, string version, string? description, CancellationToken cancellationToken = default) =>
        ReadVersionAsync(Endpoints.UpdateModelVersion, new UpdateModelVersionRequest { Name = name, Version = version, Description = description }, cancellationToken);

    public Task<ModelVersion> TransitionModelVersionStageAsync(
        string name, string version, string stage, bool archiveExistingVersions, CancellationToken cancellationToken = default) =>
        ReadVersionAsync(
            Endpoints.TransitionStage,
            new TransitionStageRequest { Name = name, Version = version, Stage = stage, ArchiveExistingVersions = archiveExistingVersions },
            cancellationToken);

    public Task DeleteModelVersionAsync(string name, string version, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.DeleteModelVersion, new ModelVersionRequest { Name = name, Version = version }, cancellationToken);

    public Task<ModelVersion> GetModelVersionAsync(string name, string version, CancellationToken cancellationToken = default) =>
        ReadVersionAsync(Endpoints.GetModelVersion, new ModelVersionRequest { Name = name, Version = version }, cancellationToken);

    public Task<ModelVersion> GetModelVersionByAliasAsync(string name, string alias, CancellationToken cancellationToken = default) =>
        ReadVersionAsync(Endpoints.GetModelVersionByAlias, new RegisteredModelAliasRequest { Name = name, Alias = alias }, cancellationToken);

    public async Task<string> GetModelVersionDownloadUriAsync(string name, string version, CancellationToken cancellationToken = default)
    {
        var answer = await connection.CallAsync<ModelVersionRequest, DownloadUriResponse>(
            Endpoints.GetDownloadUri, new() { Name = name, Version = version }, cancellationToken);
        return answer.ArtifactUri ?? throw connection.Incomplete(Endpoints.GetDownloadUri);
    }

    public async Task<PagedList<ModelVersion>> SearchModelVersionsAsync(
        string? filter, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default)
    {
        var answer = await connection.CallAsync<RegistrySearchRequest, ModelVersionsResponse>(
            Endpoints.SearchModelVersions, Search(filter, maxResults, orderBy, pageToken), cancellationToken);
        return new([.. (answer.ModelVersions ?? []).Select(version => version.ToEntity())], WireText.OrNull(answer.NextPageToken));
    }

    public Task SetModelVersionTagAsync(string name, string version, string key, string value, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.SetModelVersionTag, new ModelVersionTagRequest { Name = name, Version = version, Key = key, Value = value }, cancellationToken);

    public Task DeleteModelVersionTagAsync(string name, string version, string key, CancellationToken cancellationToken = default) =>
        connection.CallAsync(Endpoints.DeleteModelVersionTag, new ModelVersionTagRequest { Name = name, Version = version, Key = key }, cancellationToken);

    private async Task<ModelVersion> ReadVersionAsync<TRequest>(Endpoint endpoint, TRequest request, CancellationToken cancellationToken)
        where TRequest : class
    {
        var answer = await connection.CallAsync<TRequest, ModelVersionResponse>(endpoint, request, cancellationToken);
        return answer.ModelVersion?.ToEntity() ?? throw connection.Incomplete(endpoint);
    }
}
