namespace MLflowSharp.Stores;

/// <summary>
/// Where experiments and runs are kept: the seam between <see cref="MlflowClient"/> and one kind of storage.
/// Implementations validate as MLflow does and refuse bad input before anything is written; a call that returned is stored.
/// </summary>
public partial interface ITrackingStore : IDisposable
{
    /// <summary>Creates an experiment.</summary>
    /// <param name="name">Unique name, 1 to 500 characters.</param>
    /// <param name="artifactLocation">Folder or URI for artifacts; null for the store's default.</param>
    /// <param name="tags">Tags to set.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The new experiment's identifier.</returns>
    /// <exception cref="MlflowException">RESOURCE_ALREADY_EXISTS, INVALID_PARAMETER_VALUE.</exception>
    Task<string> CreateExperimentAsync(
        string name, string? artifactLocation, IReadOnlyDictionary<string, string>? tags, CancellationToken cancellationToken = default);

    /// <summary>Reads an experiment, deleted or not.</summary>
    /// <param name="experimentId">Its identifier.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST.</exception>
    Task<Experiment> GetExperimentAsync(string experimentId, CancellationToken cancellationToken = default);

    /// <summary>Finds an experiment by name, deleted or not.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The experiment, or null when there is none of that name.</returns>
    Task<Experiment?> GetExperimentByNameAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Searches experiments.</summary>
    /// <param name="filter">Filter such as <c>name LIKE 'mnist%'</c>; null or empty for all.</param>
    /// <param name="viewType">Which lifecycle stages.</param>
    /// <param name="maxResults">Size of a page, 1 to 50000.</param>
    /// <param name="orderBy">Keys such as <c>name ASC</c>; the newest first by default.</param>
    /// <param name="pageToken">Token of the previous page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<PagedList<Experiment>> SearchExperimentsAsync(
        string? filter, ViewType viewType, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default);

    /// <summary>Marks an experiment and its runs as deleted.</summary>
    /// <param name="experimentId">Its identifier.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DeleteExperimentAsync(string experimentId, CancellationToken cancellationToken = default);

    /// <summary>Makes a deleted experiment and its runs active again.</summary>
    /// <param name="experimentId">Its identifier.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task RestoreExperimentAsync(string experimentId, CancellationToken cancellationToken = default);

    /// <summary>Renames an active experiment.</summary>
    /// <param name="experimentId">Its identifier.</param>
    /// <param name="newName">The new, unique name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task RenameExperimentAsync(string experimentId, string newName, CancellationToken cancellationToken = default);

    /// <summary>Sets a tag of an active experiment.</summary>
    /// <param name="experimentId">Its identifier.</param>
    /// <param name="key">The tag's key, up to 250 characters.</param>
    /// <param name="value">The tag's value.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task SetExperimentTagAsync(string experimentId, string key, string value, CancellationToken cancellationToken = default);

    /// <summary>Deletes a tag of an active experiment.</summary>
    /// <param name="experimentId">Its identifier.</param>
    /// <param name="key">The tag's key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST when the experiment has no such tag.</exception>
    Task DeleteExperimentTagAsync(string experimentId, string key, CancellationToken cancellationToken = default);

    /// <summary>Lists the datasets that runs of some experiments used, at most 1000.</summary>
    /// <param name="experimentIds">The experiments.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<DatasetSummary>> SearchDatasetsAsync(IReadOnlyList<string> experimentIds, CancellationToken cancellationToken = default);
}
