using MLflowSharp.Artifacts;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.Users;

/// <summary>A registry in which the current user sees and does what is permitted, by the rules of MLflow's <c>basic-auth</c>.</summary>
/// <param name="inner">The registry.</param>
/// <param name="tracking">Knows whether the user may change the logged model that a version is made of.</param>
/// <param name="permissions">What the user may.</param>
/// <param name="destination">Where the server keeps the artifacts that pass through it; null when none do.</param>
internal sealed class PermittedRegistryStore(IModelRegistryStore inner, ITrackingStore tracking, Permissions permissions, string? destination) : IModelRegistryStore
{
    public void Dispose() => inner.Dispose();

    public async Task<RegisteredModel> CreateRegisteredModelAsync(string name, IReadOnlyDictionary<string, string>? tags, string? description, CancellationToken cancellationToken = default)
    {
        var model = await inner.CreateRegisteredModelAsync(name, tags, description, cancellationToken);
        // What an earlier model of the name left behind, for instance when another program deleted it, is not for the new one.
        permissions.Users.Forget(ResourceKind.RegisteredModel, name);
        permissions.GiveOwn(ResourceKind.RegisteredModel, name);
        return model;
    }

    public async Task<RegisteredModel> RenameRegisteredModelAsync(string name, string newName, CancellationToken cancellationToken = default)
    {
        Require(name, Permission.Edit);
        var model = await inner.RenameRegisteredModelAsync(name, newName, cancellationToken);
        if (name != newName)
        {
            permissions.Users.Forget(ResourceKind.RegisteredModel, newName);
            permissions.Users.Rename(ResourceKind.RegisteredModel, name, newName);
        }

        return model;
    }

    public Task<RegisteredModel> UpdateRegisteredModelAsync(string name, string? description, CancellationToken cancellationToken = default) =>
        With(name, Permission.Edit, () => inner.UpdateRegisteredModelAsync(name, description, cancellationToken));

    public async Task DeleteRegisteredModelAsync(string name, CancellationToken cancellationToken = default)
    {
        Require(name, Permission.Manage);
        await inner.DeleteRegisteredModelAsync(name, cancellationToken);
        permissions.Users.Forget(ResourceKind.RegisteredModel, name);
    }

    public Task<RegisteredModel> GetRegisteredModelAsync(string name, CancellationToken cancellationToken = default) =>
        With(name, Permission.Read, () => inner.GetRegisteredModelAsync(name, cancellationToken));

    public Task<PagedList<RegisteredModel>> SearchRegisteredModelsAsync(
        string? filter, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default) =>
        FilteredPage.ReadAsync((size, token) => inner.SearchRegisteredModelsAsync(filter, size, orderBy, token, cancellationToken), model => MayRead(model.Name), maxResults, pageToken);

    public Task<IReadOnlyList<ModelVersion>> GetLatestVersionsAsync(string name, IReadOnlyList<string>? stages, CancellationToken cancellationToken = default) =>
        With(name, Permission.Read, () => inner.GetLatestVersionsAsync(name, stages, cancellationToken));

    public Task SetRegisteredModelTagAsync(string name, string key, string value, CancellationToken cancellationToken = default) =>
        With(name, Permission.Edit, () => inner.SetRegisteredModelTagAsync(name, key, value, cancellationToken));

    public Task DeleteRegisteredModelTagAsync(string name, string key, CancellationToken cancellationToken = default) =>
        With(name, Permission.Edit, () => inner.DeleteRegisteredModelTagAsync(name, key, cancellationToken));

    public Task SetRegisteredModelAliasAsync(string name, string alias, string version, CancellationToken cancellationToken = default) =>
        With(name, Permission.Edit, () => inner.SetRegisteredModelAliasAsync(name, alias, version, cancellationToken));

    public Task DeleteRegisteredModelAliasAsync(string name, string alias, CancellationToken cancellationToken = default) =>
        With(name, Permission.Manage, () => inner.DeleteRegisteredModelAliasAsync(name, alias, cancellationToken));

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
        Require(name, Permission.Edit);
        // The server reads a version's files with its own keys, also those that it keeps for others.
        if (!permissions.Current.IsAdmin && ArtifactUri.Overlap(source, destination ?? ""))
            throw Permissions.Denied("Only an administrator may register files of the server's own storage by their address there. Name the run or logged model: runs:/… or models:/….");
        // The logged model gets a tag that names the version: refused now rather than when the version is made.
        if (modelId is not null)
            permissions.Require(ResourceKind.Experiment, (await tracking.GetLoggedModelAsync(modelId, cancellationToken)).ExperimentId, Permission.Edit);
        return await inner.CreateModelVersionAsync(name, source, runId, tags, runLink, description, modelId, cancellationToken);
    }

    public Task<ModelVersion> UpdateModelVersionAsync(string name, string version, string? description, CancellationToken cancellationToken = default) =>
        With(name, Permission.Edit, () => inner.UpdateModelVersionAsync(name, version, description, cancellationToken));

    public Task<ModelVersion> TransitionModelVersionStageAsync(string name, string version, string stage, bool archiveExistingVersions, CancellationToken cancellationToken = default) =>
        With(name, Permission.Edit, () => inner.TransitionModelVersionStageAsync(name, version, stage, archiveExistingVersions, cancellationToken));

    public Task DeleteModelVersionAsync(string name, string version, CancellationToken cancellationToken = default) =>
        With(name, Permission.Manage, () => inner.DeleteModelVersionAsync(name, version, cancellationToken));

    public Task<ModelVersion> GetModelVersionAsync(string name, string version, CancellationToken cancellationToken = default) =>
        With(name, Permission.Read, () => inner.GetModelVersionAsync(name, version, cancellationToken));

    public Task<ModelVersion> GetModelVersionByAliasAsync(string name, string alias, CancellationToken cancellationToken = default) =>
        With(name, Permission.Read, () => inner.GetModelVersionByAliasAsync(name, alias, cancellationToken));

    public Task<string> GetModelVersionDownloadUriAsync(string name, string version, CancellationToken cancellationToken = default) =>
        With(name, Permission.Read, () => inner.GetModelVersionDownloadUriAsync(name, version, cancellationToken));

    public Task<PagedList<ModelVersion>> SearchModelVersionsAsync(string? filter, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default) =>
        FilteredPage.ReadAsync((size, token) => inner.SearchModelVersionsAsync(filter, size, orderBy, token, cancellationToken), version => MayRead(version.Name), maxResults, pageToken);

    public Task SetModelVersionTagAsync(string name, string version, string key, string value, CancellationToken cancellationToken = default) =>
        With(name, Permission.Edit, () => inner.SetModelVersionTagAsync(name, version, key, value, cancellationToken));

    public Task DeleteModelVersionTagAsync(string name, string version, string key, CancellationToken cancellationToken = default) =>
        With(name, Permission.Manage, () => inner.DeleteModelVersionTagAsync(name, version, key, cancellationToken));

    private bool MayRead(string name) => permissions.May(ResourceKind.RegisteredModel, name, Permission.Read);

    private void Require(string name, Permission needed) => permissions.Require(ResourceKind.RegisteredModel, name, needed);

    private T With<T>(string name, Permission needed, Func<T> action)
    {
        Require(name, needed);
        return action();
    }
}
