namespace MLflowSharp.Stores;

/// <summary>
/// Where experiments and runs are kept: the seam between <see cref="MlflowClient"/> and one kind of storage.
/// Implementations validate as MLflow does and refuse bad input before anything is written; a call that returned is stored.
/// </summary>
public interface ITrackingStore : IDisposable
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

    /// <summary>Creates a running run.</summary>
    /// <param name="experimentId">The experiment it belongs to, which must be active.</param>
    /// <param name="userId">Who started it.</param>
    /// <param name="startTime">When it started.</param>
    /// <param name="tags">Tags to set.</param>
    /// <param name="runName">Name; null for the tag <c>mlflow.runName</c> or else a generated one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<Run> CreateRunAsync(
        string experimentId, string userId, DateTimeOffset startTime, IReadOnlyDictionary<string, string>? tags, string? runName, CancellationToken cancellationToken = default);

    /// <summary>Reads a run, deleted or not.</summary>
    /// <param name="runId">Its identifier.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST.</exception>
    Task<Run> GetRunAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Changes status, end time or name of an active run; null leaves a value as it is.</summary>
    /// <param name="runId">Its identifier.</param>
    /// <param name="status">New status.</param>
    /// <param name="endTime">New end time.</param>
    /// <param name="runName">New name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<RunInfo> UpdateRunInfoAsync(
        string runId, RunStatus? status, DateTimeOffset? endTime, string? runName, CancellationToken cancellationToken = default);

    /// <summary>Marks a run as deleted.</summary>
    /// <param name="runId">Its identifier.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DeleteRunAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Makes a deleted run active again.</summary>
    /// <param name="runId">Its identifier.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task RestoreRunAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Logs metrics, parameters and tags: all of them or, on an error, none.</summary>
    /// <param name="runId">The run, which must be active.</param>
    /// <param name="metrics">At most 1000.</param>
    /// <param name="parameters">At most 100, each key once.</param>
    /// <param name="tags">At most 100.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task LogBatchAsync(
        string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<RunTag> tags, CancellationToken cancellationToken = default);

    /// <summary>Deletes a tag.</summary>
    /// <param name="runId">The run, which must be active.</param>
    /// <param name="key">The tag's key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST when the run has no such tag.</exception>
    Task DeleteTagAsync(string runId, string key, CancellationToken cancellationToken = default);

    /// <summary>Reads the points of a metric in order of time, step and value.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="key">The metric.</param>
    /// <param name="maxResults">Size of a page; null for everything.</param>
    /// <param name="pageToken">Token of the previous page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<PagedList<Metric>> GetMetricHistoryAsync(
        string runId, string key, int? maxResults, string? pageToken, CancellationToken cancellationToken = default);

    /// <summary>Records that a run used datasets. A dataset the run already has is left as it is.</summary>
    /// <param name="runId">The run, which must be active.</param>
    /// <param name="datasets">The datasets with their tags.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task LogInputsAsync(string runId, IReadOnlyList<DatasetInput> datasets, CancellationToken cancellationToken = default);

    /// <summary>Searches runs (https://mlflow.org/docs/latest/ml/search/search-runs/).</summary>
    /// <param name="experimentIds">Where to search.</param>
    /// <param name="filter">Filter such as <c>metrics.accuracy &gt; 0.9 and params.optimizer = 'adam'</c>; null or empty for all.</param>
    /// <param name="viewType">Which lifecycle stages.</param>
    /// <param name="maxResults">Size of a page, 1 to 50000.</param>
    /// <param name="orderBy">Keys such as <c>metrics.accuracy DESC</c>; the newest first by default.</param>
    /// <param name="pageToken">Token of the previous page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<PagedList<Run>> SearchRunsAsync(
        IReadOnlyList<string> experimentIds, string? filter, ViewType viewType, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default);
}
