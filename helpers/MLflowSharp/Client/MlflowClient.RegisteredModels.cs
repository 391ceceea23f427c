namespace MLflowSharp;

public sealed partial class MlflowClient
{
    /// <summary>Creates a registered model without versions (https://mlflow.org/docs/latest/ml/model-registry/).</summary>
    /// <param name="name">Unique name; neither <c>/</c> nor <c>:</c> in it.</param>
    /// <param name="tags">Tags to set; null for none.</param>
    /// <param name="description">Description; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_ALREADY_EXISTS, INVALID_PARAMETER_VALUE.</exception>
    public Task<RegisteredModel> CreateRegisteredModelAsync(string name, IReadOnlyDictionary<string, string>? tags = null, string? description = null, CancellationToken cancellationToken = default) =>
        _registry.CreateRegisteredModelAsync(name, tags, description, cancellationToken);

    /// <inheritdoc cref="CreateRegisteredModelAsync"/>
    public RegisteredModel CreateRegisteredModel(string name, IReadOnlyDictionary<string, string>? tags = null, string? description = null) => Wait(CreateRegisteredModelAsync(name, tags, description));

    /// <summary>Renames a registered model; its versions, tags and aliases follow.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="newName">The new, unique name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<RegisteredModel> RenameRegisteredModelAsync(string name, string newName, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.RenameRegisteredModelAsync(name, newName, cancellationToken), cancellationToken);

    /// <inheritdoc cref="RenameRegisteredModelAsync"/>
    public RegisteredModel RenameRegisteredModel(string name, string newName) => Wait(RenameRegisteredModelAsync(name, newName));

    /// <summary>Changes a registered model's description.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">The new description; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<RegisteredModel> UpdateRegisteredModelAsync(string name, string? description = null, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.UpdateRegisteredModelAsync(name, description, cancellationToken), cancellationToken);

    /// <inheritdoc cref="UpdateRegisteredModelAsync"/>
    public RegisteredModel UpdateRegisteredModel(string name, string? description = null) => Wait(UpdateRegisteredModelAsync(name, description));

    /// <summary>Deletes a registered model with its versions, tags and aliases, for good. The files stay.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteRegisteredModelAsync(string name, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.DeleteRegisteredModelAsync(name, cancellationToken), cancellationToken);

    /// <inheritdoc cref="DeleteRegisteredModelAsync"/>
    public void DeleteRegisteredModel(string name) => Wait(DeleteRegisteredModelAsync(name));

    /// <summary>Reads a registered model.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST; the message names the most similar ones there are.</exception>
    public Task<RegisteredModel> GetRegisteredModelAsync(string name, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.GetRegisteredModelAsync(name, cancellationToken), cancellationToken);

    /// <inheritdoc cref="GetRegisteredModelAsync"/>
    public RegisteredModel GetRegisteredModel(string name) => Wait(GetRegisteredModelAsync(name));

    /// <summary>Searches registered models. Prompts are left out unless the filter asks for their tag <c>mlflow.prompt.is_prompt</c>.</summary>
    /// <param name="filter">Filter such as <c>name LIKE 'mnist%' AND tags.task = 'digits'</c>; null or empty for all.</param>
    /// <param name="maxResults">Size of a page, 1 to 1000.</param>
    /// <param name="orderBy">Keys such as <c>last_updated_timestamp DESC</c>; by name by default.</param>
    /// <param name="pageToken">Token of the previous page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<PagedList<RegisteredModel>> SearchRegisteredModelsAsync(string? filter = null, int maxResults = 100, IReadOnlyList<string>? orderBy = null, string? pageToken = null, CancellationToken cancellationToken = default) =>
        _registry.SearchRegisteredModelsAsync(filter, maxResults, orderBy, pageToken, cancellationToken);

    /// <inheritdoc cref="SearchRegisteredModelsAsync"/>
    public PagedList<RegisteredModel> SearchRegisteredModels(string? filter = null, int maxResults = 100, IReadOnlyList<string>? orderBy = null, string? pageToken = null) => Wait(SearchRegisteredModelsAsync(filter, maxResults, orderBy, pageToken));

    /// <summary>Reads the newest version of each stage. The newest of all is <c>GetModelVersionByAlias(name, "latest")</c>.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="stages">Which stages; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<ModelVersion>> GetLatestVersionsAsync(string name, IReadOnlyList<string>? stages = null, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.GetLatestVersionsAsync(name, stages, cancellationToken), cancellationToken);

    /// <inheritdoc cref="GetLatestVersionsAsync"/>
    public IReadOnlyList<ModelVersion> GetLatestVersions(string name, IReadOnlyList<string>? stages = null) => Wait(GetLatestVersionsAsync(name, stages));

    /// <summary>Sets or replaces a tag of a registered model.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="key">The tag's key, up to 250 characters.</param>
    /// <param name="value">The tag's value, up to 100000 characters; its text is the one Python would set.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task SetRegisteredModelTagAsync(string name, string key, object? value, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.SetRegisteredModelTagAsync(name, key, Values.PythonText.Of(value), cancellationToken), cancellationToken);

    /// <inheritdoc cref="SetRegisteredModelTagAsync"/>
    public void SetRegisteredModelTag(string name, string key, object? value) => Wait(SetRegisteredModelTagAsync(name, key, value));

    /// <summary>Deletes a tag of a registered model; nothing happens when there is none of that key, as in MLflow.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="key">The tag's key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteRegisteredModelTagAsync(string name, string key, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.DeleteRegisteredModelTagAsync(name, key, cancellationToken), cancellationToken);

    /// <inheritdoc cref="DeleteRegisteredModelTagAsync"/>
    public void DeleteRegisteredModelTag(string name, string key) => Wait(DeleteRegisteredModelTagAsync(name, key));

    /// <summary>Lets an alias such as <c>champion</c> point at a version, wherever it pointed before.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="alias">The alias: letters, digits, <c>_</c> and <c>-</c>, up to 255, neither <c>latest</c> nor like <c>v1</c>.</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task SetRegisteredModelAliasAsync(string name, string alias, string version, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.SetRegisteredModelAliasAsync(name, alias, version, cancellationToken), cancellationToken);

    /// <inheritdoc cref="SetRegisteredModelAliasAsync"/>
    public void SetRegisteredModelAlias(string name, string alias, string version) => Wait(SetRegisteredModelAliasAsync(name, alias, version));

    /// <summary>Deletes an alias; nothing happens when there is none of that name, as in MLflow.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="alias">The alias.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteRegisteredModelAliasAsync(string name, string alias, CancellationToken cancellationToken = default) =>
        WithHintsAsync(name, _registry.DeleteRegisteredModelAliasAsync(name, alias, cancellationToken), cancellationToken);

    /// <inheritdoc cref="DeleteRegisteredModelAliasAsync"/>
    public void DeleteRegisteredModelAlias(string name, string alias) => Wait(DeleteRegisteredModelAliasAsync(name, alias));
}
