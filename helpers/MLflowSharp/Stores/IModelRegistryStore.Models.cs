namespace MLflowSharp.Stores;

/// <summary>
/// Where registered models and their versions are kept (https://mlflow.org/docs/latest/ml/model-registry/): the seam between
/// <see cref="MlflowClient"/> and one kind of storage. Implementations validate as MLflow does and refuse bad input before anything is
/// written; a call that returned is stored.
/// </summary>
public partial interface IModelRegistryStore : IDisposable
{
    /// <summary>Creates a registered model without versions.</summary>
    /// <param name="name">Unique name; neither <c>/</c> nor <c>:</c> in it.</param>
    /// <param name="tags">Tags to set.</param>
    /// <param name="description">Description; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_ALREADY_EXISTS, INVALID_PARAMETER_VALUE.</exception>
    Task<RegisteredModel> CreateRegisteredModelAsync(
        string name, IReadOnlyDictionary<string, string>? tags, string? description, CancellationToken cancellationToken = default);

    /// <summary>Renames a registered model; its versions, tags and aliases follow.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="newName">The new, unique name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<RegisteredModel> RenameRegisteredModelAsync(string name, string newName, CancellationToken cancellationToken = default);

    /// <summary>Changes a registered model's description.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">The new description.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<RegisteredModel> UpdateRegisteredModelAsync(string name, string? description, CancellationToken cancellationToken = default);

    /// <summary>Deletes a registered model with its versions, tags and aliases, for good.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DeleteRegisteredModelAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Reads a registered model.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST.</exception>
    Task<RegisteredModel> GetRegisteredModelAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Searches registered models. Prompts are left out unless the filter asks for their tag <c>mlflow.prompt.is_prompt</c>.</summary>
    /// <param name="filter">Filter such as <c>name LIKE 'mnist%'</c>; null or empty for all.</param>
    /// <param name="maxResults">Size of a page, 1 to 1000.</param>
    /// <param name="orderBy">Keys such as <c>last_updated_timestamp DESC</c>; by name by default.</param>
    /// <param name="pageToken">Token of the previous page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<PagedList<RegisteredModel>> SearchRegisteredModelsAsync(
        string? filter, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default);

    /// <summary>Reads the newest version of each stage.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="stages">Which stages; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<ModelVersion>> GetLatestVersionsAsync(string name, IReadOnlyList<string>? stages, CancellationToken cancellationToken = default);

    /// <summary>Sets or replaces a tag of a registered model.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="key">The tag's key, up to 250 characters.</param>
    /// <param name="value">The tag's value, up to 100000 characters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task SetRegisteredModelTagAsync(string name, string key, string value, CancellationToken cancellationToken = default);

    /// <summary>Deletes a tag of a registered model; nothing happens when there is none of that key, as in MLflow.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="key">The tag's key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DeleteRegisteredModelTagAsync(string name, string key, CancellationToken cancellationToken = default);

    /// <summary>Lets an alias point at a version, wherever it pointed before.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="alias">The alias: letters, digits, <c>_</c> and <c>-</c>, up to 255, neither <c>latest</c> nor like <c>v1</c>.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task SetRegisteredModelAliasAsync(string name, string alias, string version, CancellationToken cancellationToken = default);

    /// <summary>Deletes an alias; nothing happens when there is none of that name, as in MLflow.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="alias">The alias.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DeleteRegisteredModelAliasAsync(string name, string alias, CancellationToken cancellationToken = default);
}
