namespace MLflowSharp.Stores;

public partial interface IModelRegistryStore
{
    /// <summary>Creates the next version of a registered model.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="source">Where the model's files are, an absolute path or URI; <c>models:/…</c> is allowed.</param>
    /// <param name="runId">The run that made the model; null when not known.</param>
    /// <param name="tags">Tags to set.</param>
    /// <param name="runLink">Link to the run on another server; null for none.</param>
    /// <param name="description">Description; null for none.</param>
    /// <param name="modelId">The logged model it is made from; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST when there is no such registered model; INVALID_PARAMETER_VALUE.</exception>
    Task<ModelVersion> CreateModelVersionAsync(
        string name,
        string source,
        string? runId,
        IReadOnlyDictionary<string, string>? tags,
        string? runLink,
        string? description,
        string? modelId,
        CancellationToken cancellationToken = default);

    /// <summary>Changes a version's description.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="description">The new description.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<ModelVersion> UpdateModelVersionAsync(string name, string version, string? description, CancellationToken cancellationToken = default);

    /// <summary>Moves a version to a stage. MLflow advises aliases instead.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="stage"><c>None</c>, <c>Staging</c>, <c>Production</c> or <c>Archived</c>, in any case.</param>
    /// <param name="archiveExistingVersions">Whether the other versions in that stage are archived; only for Staging and Production.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<ModelVersion> TransitionModelVersionStageAsync(
        string name, string version, string stage, bool archiveExistingVersions, CancellationToken cancellationToken = default);

    /// <summary>Deletes a version with its tags and aliases, for good.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DeleteModelVersionAsync(string name, string version, CancellationToken cancellationToken = default);

    /// <summary>Reads a version.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST.</exception>
    Task<ModelVersion> GetModelVersionAsync(string name, string version, CancellationToken cancellationToken = default);

    /// <summary>Reads the version that an alias points at.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="alias">The alias.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when there is no such alias, as in MLflow.</exception>
    Task<ModelVersion> GetModelVersionByAliasAsync(string name, string alias, CancellationToken cancellationToken = default);

    /// <summary>Says where a version's files are.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<string> GetModelVersionDownloadUriAsync(string name, string version, CancellationToken cancellationToken = default);

    /// <summary>Searches versions. Prompts are left out unless the filter asks for their tag <c>mlflow.prompt.is_prompt</c>.</summary>
    /// <param name="filter">Filter such as <c>name = 'mnist' AND tags.stage = 'tested'</c>; null or empty for all.</param>
    /// <param name="maxResults">Size of a page, 1 to 200000.</param>
    /// <param name="orderBy">Keys such as <c>version_number DESC</c>; the last updated first by default.</param>
    /// <param name="pageToken">Token of the previous page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<PagedList<ModelVersion>> SearchModelVersionsAsync(
        string? filter, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default);

    /// <summary>Sets or replaces a tag of a version.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="key">The tag's key, up to 250 characters.</param>
    /// <param name="value">The tag's value, up to 100000 characters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task SetModelVersionTagAsync(string name, string version, string key, string value, CancellationToken cancellationToken = default);

    /// <summary>Deletes a tag of a version; nothing happens when there is none of that key, as in MLflow.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="key">The tag's key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DeleteModelVersionTagAsync(string name, string version, string key, CancellationToken cancellationToken = default);
}
