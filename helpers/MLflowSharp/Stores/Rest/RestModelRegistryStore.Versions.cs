using MLflowSharp.Protocol;
using MLflowSharp.Search;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Rest;

internal sealed partial class RestModelRegistryStore
{
    public async Task<ModelVersion> CreateModelVersionAsync(
        string name,
        string source,
        string? runId,
        IReadOnlyDictionary<string, string>? tags,
        string? runLink,
        string? description,
        string? modelId,
        CancellationToken cancellationToken = default)
    {
        // MLflow's server answers a version of a model that does not exist with a 500, at which every client would try again for minutes.
        if (ModelVersionMessage.ModelIdOf(source) is { } sourceModel)
            await connection.CallAsync<EmptyMessage, LoggedModelResponse>(Endpoints.GetLoggedModel, new(), cancellationToken, sourceModel);
        var request = new CreateModelVersionRequest
        {
            Name = name,
            Source = source,
            RunId = WireText.OrNull(runId),
            RunLink = WireText.OrNull(runLink),
            Tags = KeyValueMessage.From(tags),
            Description = description,
            // By this the server knows whom to tell of the new version.
            ModelId = WireText.OrNull(modelId) ?? ModelVersionMessage.ModelIdOf(source),
        };
        return await ReadVersionAsync(Endpoints.CreateModelVersion, request, cancellationToken);
    }

    public Task<ModelVersion> UpdateModelVersionAsync(string name, string version, string? description, CancellationToken cancellationToken = default) =>
        ReadVersionAsync(Endpoints.UpdateModelVersion, new UpdateModelVersionRequest { Name = name, Version = version, Description = description }, cancellationToken);

    public Task<ModelVersion> TransitionModelVersionStageAsync(
        string name, string version, string stage, bool archiveExistingVersions, CancellationToken cancellationToken = default)
    {
        // MLflow's server answers this with a 500.
        if (archiveExistingVersions && !ModelStages.Active.Contains(RegistryRules.CanonicalStage(stage)))
        {
            throw MlflowException.Invalid(
                $"Model version transition cannot archive existing model versions because '{stage}' is not an Active stage. Valid stages are {string.Join(", ", ModelStages.Active)}.");
        }

        var request = new TransitionStageRequest { Name = name, Version = version, Stage = stage, ArchiveExistingVersions = archiveExistingVersions };
        return ReadVersionAsync(Endpoints.TransitionStage, request, cancellationToken);
    }

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
        RegistryRules.CheckMaxResults(maxResults, MaxVersions);
        var answer = await connection.SearchAsync<RegistrySearchRequest, ModelVersionsResponse>(
            Endpoints.SearchModelVersions, Search(filter, maxResults, orderBy, pageToken), RestTrackingStore.Check(SearchSchema.ModelVersions, filter, orderBy), cancellationToken);
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
