namespace MLflowSharp;

public sealed partial class MlflowClient
{
    /// <summary>Creates an experiment and returns its identifier; an existing name is refused with RESOURCE_ALREADY_EXISTS.</summary>
    /// <param name="name">Unique name, 1 to 500 characters.</param>
    /// <param name="artifactLocation">Folder or URI for artifacts; null for <see cref="MlflowClientOptions.DefaultArtifactRoot"/>.</param>
    /// <param name="tags">Tags to set.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<string> CreateExperimentAsync(string name, string? artifactLocation = null, IReadOnlyDictionary<string, string>? tags = null, CancellationToken cancellationToken = default) =>
        _store.CreateExperimentAsync(name, artifactLocation, tags, cancellationToken);

    /// <inheritdoc cref="CreateExperimentAsync"/>
    public string CreateExperiment(string name, string? artifactLocation = null, IReadOnlyDictionary<string, string>? tags = null) => Wait(CreateExperimentAsync(name, artifactLocation, tags));

    /// <summary>Reads an experiment, deleted or not; RESOURCE_DOES_NOT_EXIST when there is none.</summary>
    /// <param name="experimentId">Identifier of the experiment.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<Experiment> GetExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        _store.GetExperimentAsync(experimentId, cancellationToken);

    /// <inheritdoc cref="GetExperimentAsync"/>
    public Experiment GetExperiment(string experimentId) => Wait(GetExperimentAsync(experimentId));

    /// <summary>Finds an experiment by name, deleted or not; null when there is none, as in MLflow.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<Experiment?> GetExperimentByNameAsync(string name, CancellationToken cancellationToken = default) =>
        _store.GetExperimentByNameAsync(name, cancellationToken);

    /// <inheritdoc cref="GetExperimentByNameAsync"/>
    public Experiment? GetExperimentByName(string name) => Wait(GetExperimentByNameAsync(name));

    /// <summary>Searches experiments (https://mlflow.org/docs/latest/ml/search/search-experiments/).</summary>
    /// <param name="viewType">Which lifecycle stages.</param>
    /// <param name="maxResults">Size of a page, 1 to 50000.</param>
    /// <param name="filter">Filter such as <c>name LIKE 'mnist%' AND tags.course = 'csc'</c>.</param>
    /// <param name="orderBy">Keys such as <c>name ASC</c>; the newest first by default.</param>
    /// <param name="pageToken">Token of the previous page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<PagedList<Experiment>> SearchExperimentsAsync(ViewType viewType = ViewType.ActiveOnly, int maxResults = 1000, string? filter = null, IReadOnlyList<string>? orderBy = null, string? pageToken = null, CancellationToken cancellationToken = default) =>
        _store.SearchExperimentsAsync(filter, viewType, maxResults, orderBy, pageToken, cancellationToken);

    /// <inheritdoc cref="SearchExperimentsAsync"/>
    public PagedList<Experiment> SearchExperiments(ViewType viewType = ViewType.ActiveOnly, int maxResults = 1000, string? filter = null, IReadOnlyList<string>? orderBy = null, string? pageToken = null) => Wait(SearchExperimentsAsync(viewType, maxResults, filter, orderBy, pageToken));

    /// <summary>Marks an experiment and its runs as deleted.</summary>
    /// <param name="experimentId">Identifier of the experiment.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        _store.DeleteExperimentAsync(experimentId, cancellationToken);

    /// <inheritdoc cref="DeleteExperimentAsync"/>
    public void DeleteExperiment(string experimentId) => Wait(DeleteExperimentAsync(experimentId));

    /// <summary>Makes a deleted experiment and its runs active again.</summary>
    /// <param name="experimentId">Identifier of the experiment.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task RestoreExperimentAsync(string experimentId, CancellationToken cancellationToken = default) =>
        _store.RestoreExperimentAsync(experimentId, cancellationToken);

    /// <inheritdoc cref="RestoreExperimentAsync"/>
    public void RestoreExperiment(string experimentId) => Wait(RestoreExperimentAsync(experimentId));

    /// <summary>Renames an active experiment.</summary>
    /// <param name="experimentId">Identifier of the experiment.</param>
    /// <param name="newName">The new, unique name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task RenameExperimentAsync(string experimentId, string newName, CancellationToken cancellationToken = default) =>
        _store.RenameExperimentAsync(experimentId, newName, cancellationToken);

    /// <inheritdoc cref="RenameExperimentAsync"/>
    public void RenameExperiment(string experimentId, string newName) => Wait(RenameExperimentAsync(experimentId, newName));

    /// <summary>Sets a tag of an active experiment.</summary>
    /// <param name="experimentId">Identifier of the experiment.</param>
    /// <param name="key">Key, up to 250 characters.</param>
    /// <param name="value">Value, up to 5000 characters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task SetExperimentTagAsync(string experimentId, string key, string value, CancellationToken cancellationToken = default) =>
        _store.SetExperimentTagAsync(experimentId, key, value, cancellationToken);

    /// <inheritdoc cref="SetExperimentTagAsync"/>
    public void SetExperimentTag(string experimentId, string key, string value) => Wait(SetExperimentTagAsync(experimentId, key, value));

    /// <summary>Deletes a tag of an active experiment; RESOURCE_DOES_NOT_EXIST when it has none of that key.</summary>
    /// <param name="experimentId">Identifier of the experiment.</param>
    /// <param name="key">Key of the tag.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteExperimentTagAsync(string experimentId, string key, CancellationToken cancellationToken = default) =>
        _store.DeleteExperimentTagAsync(experimentId, key, cancellationToken);

    /// <inheritdoc cref="DeleteExperimentTagAsync"/>
    public void DeleteExperimentTag(string experimentId, string key) => Wait(DeleteExperimentTagAsync(experimentId, key));
}
