namespace MLflowSharp.Stores.Files;

/// <summary>Registered models in the folder <c>models</c> of MLflow's file store.</summary>
internal sealed class FileModelRegistryStore(FileStoreFolder root) : IModelRegistryStore
{
    public void Dispose() => root.Dispose();

    public Task<RegisteredModel> CreateRegisteredModelAsync( string name, IReadOnlyDictionary<string, string>? tags, string? description, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<RegisteredModel> RenameRegisteredModelAsync(string name, string newName, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<RegisteredModel> UpdateRegisteredModelAsync(string name, string? description, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task DeleteRegisteredModelAsync(string name, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<RegisteredModel> GetRegisteredModelAsync(string name, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<PagedList<RegisteredModel>> SearchRegisteredModelsAsync( string? filter, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<IReadOnlyList<ModelVersion>> GetLatestVersionsAsync(string name, IReadOnlyList<string>? stages, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task SetRegisteredModelTagAsync(string name, string key, string value, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task DeleteRegisteredModelTagAsync(string name, string key, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task SetRegisteredModelAliasAsync(string name, string alias, string version, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task DeleteRegisteredModelAliasAsync(string name, string alias, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<ModelVersion> CreateModelVersionAsync( string name, string source, string? runId, IReadOnlyDictionary<string, string>? tags, string? runLink, string? description, string? modelId, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<ModelVersion> UpdateModelVersionAsync(string name, string version, string? description, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<ModelVersion> TransitionModelVersionStageAsync( string name, string version, string stage, bool archiveExistingVersions, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task DeleteModelVersionAsync(string name, string version, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<ModelVersion> GetModelVersionAsync(string name, string version, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<ModelVersion> GetModelVersionByAliasAsync(string name, string alias, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<string> GetModelVersionDownloadUriAsync(string name, string version, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task<PagedList<ModelVersion>> SearchModelVersionsAsync( string? filter, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task SetModelVersionTagAsync(string name, string version, string key, string value, CancellationToken cancellationToken = default) => throw Unfinished();

    public Task DeleteModelVersionTagAsync(string name, string version, string key, CancellationToken cancellationToken = default) => throw Unfinished();

    private static MlflowException Unfinished() => new("Not done yet.", ErrorCode.NotImplemented);
}
