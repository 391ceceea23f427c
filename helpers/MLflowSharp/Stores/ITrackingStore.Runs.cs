namespace MLflowSharp.Stores;

public partial interface ITrackingStore
{
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
