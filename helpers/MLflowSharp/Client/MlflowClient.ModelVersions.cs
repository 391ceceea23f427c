namespace MLflowSharp;

public sealed partial class MlflowClient
{
    /// <summary>How long <see cref="CreateModelVersionAsync"/> waits by default, as in MLflow: 5 minutes.</summary>
    private static readonly TimeSpan DefaultAwait = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan AwaitInterval = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Creates the next version of a registered model and waits until it can be used. <c>RegisterModel</c> is simpler: it
    /// creates the registered model when missing and checks that there is a model.
    /// </summary>
    /// <param name="name">The registered model.</param>
    /// <param name="source">Where the model's files are, an absolute path or URI, or <c>models:/…</c>.</param>
    /// <param name="runId">The run that made the model; null for the one of the logged model, if there is one.</param>
    /// <param name="tags">Tags to set; null for none.</param>
    /// <param name="runLink">Link to the run on another server; null for none.</param>
    /// <param name="description">Description; null for none.</param>
    /// <param name="awaitCreationFor">How long to wait until it is ready; null for 5 minutes, zero for not at all.</param>
    /// <param name="modelId">The logged model it is made from; null for the one that the source names, if it names one.</param>
    /// <param name="cancellationToken">Cancels the call. A version that was created stays.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST when there is no such registered model; INVALID_PARAMETER_VALUE.</exception>
    public async Task<ModelVersion> CreateModelVersionAsync(
        string name,
        string source,
        string? runId = null,
        IReadOnlyDictionary<string, string>? tags = null,
        string? runLink = null,
        string? description = null,
        TimeSpan? awaitCreationFor = null,
        string? modelId = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (tags?.ContainsKey(Search.SearchSchema.PromptTag) == true)
            throw MlflowException.Invalid("Prompts cannot be registered as models.");
        modelId ??= Registry.ModelUri.Matches(source) ? Registry.ModelUri.Parse(source).ModelId : null;
        if (modelId is not null && _registryStores is not null)
            (source, runId) = await FromOtherStoreAsync(source, runId, modelId, cancellationToken);
        var version = await WithHintsAsync(
            name, _registry.CreateModelVersionAsync(name, source, runId, tags, runLink, description, modelId, cancellationToken), cancellationToken);
        if (modelId is not null)
            await RecordRegistrationAsync(modelId, version, cancellationToken);
        return await AwaitReadyAsync(version, awaitCreationFor ?? DefaultAwait, cancellationToken);
    }

    /// <inheritdoc cref="CreateModelVersionAsync"/>
    public ModelVersion CreateModelVersion(
        string name, string source, string? runId = null, IReadOnlyDictionary<string, string>? tags = null, string? runLink = null, string? description = null, TimeSpan? awaitCreationFor = null, string? modelId = null) =>
        Wait(CreateModelVersionAsync(name, source, runId, tags, runLink, description, awaitCreationFor, modelId));

    /// <summary>Changes a version's description.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="description">The new description; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<ModelVersion> UpdateModelVersionAsync(string name, string version, string? description = null, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.UpdateModelVersionAsync(name, version, description, cancellationToken), cancellationToken);

    /// <inheritdoc cref="UpdateModelVersionAsync"/>
    public ModelVersion UpdateModelVersion(string name, string version, string? description = null) => Wait(UpdateModelVersionAsync(name, version, description));

    /// <summary>Moves a version to a stage. MLflow advises aliases instead (<see cref="SetRegisteredModelAliasAsync"/>).</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="stage"><c>None</c>, <c>Staging</c>, <c>Production</c> or <c>Archived</c>, in any case.</param>
    /// <param name="archiveExistingVersions">Whether the other versions in that stage are archived; only for Staging and Production.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<ModelVersion> TransitionModelVersionStageAsync(string name, string version, string stage, bool archiveExistingVersions = false, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.TransitionModelVersionStageAsync(name, version, stage, archiveExistingVersions, cancellationToken), cancellationToken);

    /// <inheritdoc cref="TransitionModelVersionStageAsync"/>
    public ModelVersion TransitionModelVersionStage(string name, string version, string stage, bool archiveExistingVersions = false) => Wait(TransitionModelVersionStageAsync(name, version, stage, archiveExistingVersions));

    /// <summary>Deletes a version with its aliases, for good. The files stay, and the number is not given again.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteModelVersionAsync(string name, string version, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.DeleteModelVersionAsync(name, version, cancellationToken), cancellationToken);

    /// <inheritdoc cref="DeleteModelVersionAsync"/>
    public void DeleteModelVersion(string name, string version) => Wait(DeleteModelVersionAsync(name, version));

    /// <summary>Reads a version.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST; the message names the versions there are.</exception>
    public Task<ModelVersion> GetModelVersionAsync(string name, string version, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.GetModelVersionAsync(name, version, cancellationToken), cancellationToken);

    /// <inheritdoc cref="GetModelVersionAsync"/>
    public ModelVersion GetModelVersion(string name, string version) => Wait(GetModelVersionAsync(name, version));

    /// <summary>Reads the version that an alias points at; <c>latest</c> is the newest.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="alias">The alias.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when there is no such alias, as in MLflow; the message names those there are.</exception>
    public Task<ModelVersion> GetModelVersionByAliasAsync(string name, string alias, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.GetModelVersionByAliasAsync(name, alias, cancellationToken), cancellationToken);

    /// <inheritdoc cref="GetModelVersionByAliasAsync"/>
    public ModelVersion GetModelVersionByAlias(string name, string alias) => Wait(GetModelVersionByAliasAsync(name, alias));

    /// <summary>Says where a version's files are.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<string> GetModelVersionDownloadUriAsync(string name, string version, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.GetModelVersionDownloadUriAsync(name, version, cancellationToken), cancellationToken);

    /// <inheritdoc cref="GetModelVersionDownloadUriAsync"/>
    public string GetModelVersionDownloadUri(string name, string version) => Wait(GetModelVersionDownloadUriAsync(name, version));

    /// <summary>Searches versions. Prompts are left out unless the filter asks for their tag <c>mlflow.prompt.is_prompt</c>.</summary>
    /// <param name="filter">Filter such as <c>name = 'mnist' AND tags.validated = 'yes'</c>; null or empty for all.</param>
    /// <param name="maxResults">Size of a page, 1 to 200000.</param>
    /// <param name="orderBy">Keys such as <c>version_number DESC</c>; the last updated first by default.</param>
    /// <param name="pageToken">Token of the previous page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<PagedList<ModelVersion>> SearchModelVersionsAsync(string? filter = null, int maxResults = 10000, IReadOnlyList<string>? orderBy = null, string? pageToken = null, CancellationToken cancellationToken = default) =>
        _registry.SearchModelVersionsAsync(filter, maxResults, orderBy, pageToken, cancellationToken);

    /// <inheritdoc cref="SearchModelVersionsAsync"/>
    public PagedList<ModelVersion> SearchModelVersions(string? filter = null, int maxResults = 10000, IReadOnlyList<string>? orderBy = null, string? pageToken = null) => Wait(SearchModelVersionsAsync(filter, maxResults, orderBy, pageToken));

    /// <summary>Sets or replaces a tag of a version.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="key">The tag's key, up to 250 characters.</param>
    /// <param name="value">The tag's value, up to 100000 characters; its text is the one Python would set.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task SetModelVersionTagAsync(string name, string version, string key, object? value, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.SetModelVersionTagAsync(name, version, key, Values.PythonText.Of(value), cancellationToken), cancellationToken);

    /// <inheritdoc cref="SetModelVersionTagAsync"/>
    public void SetModelVersionTag(string name, string version, string key, object? value) => Wait(SetModelVersionTagAsync(name, version, key, value));

    /// <summary>Deletes a tag of a version; nothing happens when there is none of that key, as in MLflow.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="key">The tag's key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteModelVersionTagAsync(string name, string version, string key, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.DeleteModelVersionTagAsync(name, version, key, cancellationToken), cancellationToken);

    /// <inheritdoc cref="DeleteModelVersionTagAsync"/>
    public void DeleteModelVersionTag(string name, string version, string key) => Wait(DeleteModelVersionTagAsync(name, version, key));

    /// <summary>A registry in another store than the runs cannot look a logged model up, so it is told where its files are.</summary>
    private async Task<(string Source, string? RunId)> FromOtherStoreAsync(string source, string? runId, string modelId, CancellationToken cancellationToken)
    {
        var model = await _store.GetLoggedModelAsync(modelId, cancellationToken);
        return (Registry.ModelUri.Matches(source) ? model.ArtifactLocation : source, runId ?? model.SourceRunId);
    }

    /// <summary>Lists the version in the logged model's tag; a server has done so already.</summary>
    private async Task RecordRegistrationAsync(string modelId, ModelVersion version, CancellationToken cancellationToken)
    {
        try
        {
            var model = await _store.GetLoggedModelAsync(modelId, cancellationToken);
            if (Registry.LoggedModelRegistrations.With(model.Tags, version.Name, version.Version) is { } list)
                await _store.SetLoggedModelTagsAsync(modelId, new Dictionary<string, string> { [Context.SystemTags.ModelVersions] = list }, cancellationToken);
        }
        catch (MlflowException missing) when (missing.ErrorCode == ErrorCode.ResourceDoesNotExist)
        {
            Options.Warn($"Version {version.Version} of '{version.Name}' is registered, but the logged model {modelId} does not list it: {missing.Message}");
        }
    }

    private async Task<ModelVersion> AwaitReadyAsync(ModelVersion version, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (patience <= TimeSpan.Zero)
            return version;
        var start = Options.TimeProvider.GetTimestamp();
        while (version.Status == ModelVersionStatus.PendingRegistration)
        {
            if (Options.TimeProvider.GetElapsedTime(start) >= patience)
            {
                throw new MlflowException(
                    $"Version {version.Version} of '{version.Name}' was created, but is not ready after {patience.TotalSeconds:0.#} s. "
                    + $"Look again later with GetModelVersion(\"{version.Name}\", \"{version.Version}\"), or wait longer.", ErrorCode.DeadlineExceeded);
            }

            await Task.Delay(AwaitInterval, Options.TimeProvider, cancellationToken);
            version = await _registry.GetModelVersionAsync(version.Name, version.Version, cancellationToken);
        }

        return version.Status == ModelVersionStatus.Ready
            ? version
            : throw new MlflowException(
                $"Version {version.Version} of '{version.Name}' could not be registered. The server says: {version.StatusMessage ?? "nothing"}", ErrorCode.InternalError);
    }
}
