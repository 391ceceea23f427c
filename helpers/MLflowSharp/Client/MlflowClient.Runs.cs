using MLflowSharp.Context;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    /// <summary>Creates a running run. End it with <see cref="SetTerminated"/>.</summary>
    /// <param name="experimentId">The experiment it belongs to, which must be active.</param>
    /// <param name="startTime">When it started; null for now.</param>
    /// <param name="tags">Tags to set; <c>mlflow.user</c> also becomes the user of the run.</param>
    /// <param name="runName">Name; null for a generated one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<Run> CreateRunAsync(string experimentId, DateTimeOffset? startTime = null, IReadOnlyDictionary<string, string>? tags = null, string? runName = null, CancellationToken cancellationToken = default) =>
        _store.CreateRunAsync(
            experimentId, tags?.GetValueOrDefault(SystemTags.User) ?? "unknown", startTime ?? Options.TimeProvider.GetUtcNow(), tags, runName, cancellationToken);

    /// <inheritdoc cref="CreateRunAsync"/>
    public Run CreateRun(string experimentId, DateTimeOffset? startTime = null, IReadOnlyDictionary<string, string>? tags = null, string? runName = null) => Wait(CreateRunAsync(experimentId, startTime, tags, runName));

    /// <summary>Reads a run, deleted or not; RESOURCE_DOES_NOT_EXIST when there is none.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<Run> GetRunAsync(string runId, CancellationToken cancellationToken = default) =>
        _store.GetRunAsync(runId, cancellationToken);

    /// <inheritdoc cref="GetRunAsync"/>
    public Run GetRun(string runId) => Wait(GetRunAsync(runId));

    /// <summary>Reads the run that a run is nested in.</summary>
    /// <param name="runId">Identifier of the nested run.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The parent; null when the run is nested in none.</returns>
    public async Task<Run?> GetParentRunAsync(string runId, CancellationToken cancellationToken = default) =>
        (await GetRunAsync(runId, cancellationToken)).Data.Tags.TryGetValue(SystemTags.ParentRunId, out var parent) ? await GetRunAsync(parent, cancellationToken) : null;

    /// <inheritdoc cref="GetParentRunAsync"/>
    public Run? GetParentRun(string runId) => Wait(GetParentRunAsync(runId));

    /// <summary>Changes status or name of an active run.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="status">New status; null keeps it.</param>
    /// <param name="name">New name; null keeps it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task UpdateRunAsync(string runId, RunStatus? status = null, string? name = null, CancellationToken cancellationToken = default) =>
        _store.UpdateRunInfoAsync(runId, status, endTime: null, name, cancellationToken);

    /// <inheritdoc cref="UpdateRunAsync"/>
    public void UpdateRun(string runId, RunStatus? status = null, string? name = null) => Wait(UpdateRunAsync(runId, status, name));

    /// <summary>Ends a run.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="endTime">When it ended; null for now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task SetTerminatedAsync(string runId, RunStatus status = RunStatus.Finished, DateTimeOffset? endTime = null, CancellationToken cancellationToken = default) =>
        _store.UpdateRunInfoAsync(runId, status, endTime ?? Options.TimeProvider.GetUtcNow(), runName: null, cancellationToken);

    /// <inheritdoc cref="SetTerminatedAsync"/>
    public void SetTerminated(string runId, RunStatus status = RunStatus.Finished, DateTimeOffset? endTime = null) => Wait(SetTerminatedAsync(runId, status, endTime));

    /// <summary>Marks a run as deleted; its data and artifacts stay.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken = default) =>
        _store.DeleteRunAsync(runId, cancellationToken);

    /// <inheritdoc cref="DeleteRunAsync"/>
    public void DeleteRun(string runId) => Wait(DeleteRunAsync(runId));

    /// <summary>Makes a deleted run active again.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task RestoreRunAsync(string runId, CancellationToken cancellationToken = default) =>
        _store.RestoreRunAsync(runId, cancellationToken);

    /// <inheritdoc cref="RestoreRunAsync"/>
    public void RestoreRun(string runId) => Wait(RestoreRunAsync(runId));

    /// <summary>Searches runs (https://mlflow.org/docs/latest/ml/search/search-runs/).</summary>
    /// <param name="experimentIds">Where to search.</param>
    /// <param name="filter">Filter such as <c>metrics.accuracy &gt; 0.9 and params.optimizer = 'adam'</c>.</param>
    /// <param name="viewType">Which lifecycle stages.</param>
    /// <param name="maxResults">Size of a page, 1 to 50000.</param>
    /// <param name="orderBy">Keys such as <c>metrics.accuracy DESC</c>; the newest first by default.</param>
    /// <param name="pageToken">Token of the previous page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<PagedList<Run>> SearchRunsAsync(IReadOnlyList<string> experimentIds, string? filter = null, ViewType viewType = ViewType.ActiveOnly, int maxResults = 1000, IReadOnlyList<string>? orderBy = null, string? pageToken = null, CancellationToken cancellationToken = default) =>
        _store.SearchRunsAsync(experimentIds, filter, viewType, maxResults, orderBy, pageToken, cancellationToken);

    /// <inheritdoc cref="SearchRunsAsync"/>
    public PagedList<Run> SearchRuns(IReadOnlyList<string> experimentIds, string? filter = null, ViewType viewType = ViewType.ActiveOnly, int maxResults = 1000, IReadOnlyList<string>? orderBy = null, string? pageToken = null) => Wait(SearchRunsAsync(experimentIds, filter, viewType, maxResults, orderBy, pageToken));
}
