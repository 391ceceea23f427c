using MLflowSharp.Protocol;
using MLflowSharp.Search;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Rest;

internal sealed partial class RestTrackingStore
{
    public async Task<Run> CreateRunAsync(
        string experimentId, string userId, DateTimeOffset startTime, IReadOnlyDictionary<string, string>? tags, string? runName, CancellationToken cancellationToken = default)
    {
        var request = new CreateRunRequest
        {
            ExperimentId = experimentId,
            UserId = userId,
            RunName = WireText.OrNull(runName),
            StartTime = startTime.ToUnixTimeMilliseconds(),
            Tags = Tags([.. (tags ?? new Dictionary<string, string>()).Select(tag => new RunTag(tag.Key, tag.Value))]),
        };
        var answer = await connection.CallAsync<CreateRunRequest, RunResponse>(Endpoints.CreateRun, request, cancellationToken);
        return answer.Run?.ToEntity() ?? throw connection.Incomplete(Endpoints.CreateRun);
    }

    public async Task<Run> GetRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        var answer = await connection.CallAsync<RunIdRequest, RunResponse>(Endpoints.GetRun, new() { RunId = runId, RunUuid = runId }, cancellationToken);
        return answer.Run?.ToEntity() ?? throw connection.Incomplete(Endpoints.GetRun);
    }

    public async Task<RunInfo> UpdateRunInfoAsync(
        string runId, RunStatus? status, DateTimeOffset? endTime, string? runName, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        var request = new UpdateRunRequest
        {
            RunId = runId,
            RunUuid = runId,
            Status = status,
            EndTime = endTime?.ToUnixTimeMilliseconds(),
            RunName = WireText.OrNull(runName),
        };
        var answer = await connection.CallAsync<UpdateRunRequest, UpdateRunResponse>(Endpoints.UpdateRun, request, cancellationToken);
        return answer.RunInfo?.ToEntity() ?? throw connection.Incomplete(Endpoints.UpdateRun);
    }

    public Task DeleteRunAsync(string runId, CancellationToken cancellationToken = default) => MoveRunAsync(Endpoints.DeleteRun, runId, cancellationToken);

    public Task RestoreRunAsync(string runId, CancellationToken cancellationToken = default) => MoveRunAsync(Endpoints.RestoreRun, runId, cancellationToken);

    public async Task<PagedList<Run>> SearchRunsAsync(
        IReadOnlyList<string> experimentIds, string? filter, ViewType viewType, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken = default)
    {
        var request = new SearchRunsRequest
        {
            ExperimentIds = NotEmpty(experimentIds),
            Filter = WireText.OrNull(filter),
            RunViewType = viewType,
            MaxResults = maxResults,
            OrderBy = NotEmpty(orderBy),
            PageToken = WireText.OrNull(pageToken),
        };
        var answer = await connection.SearchAsync<SearchRunsRequest, SearchRunsResponse>(
            Endpoints.SearchRuns, request, Check(SearchSchema.Runs, filter, orderBy), cancellationToken);
        return new([.. (answer.Runs ?? []).Select(run => run.ToEntity())], WireText.OrNull(answer.NextPageToken));
    }

    private Task MoveRunAsync(Endpoint endpoint, string runId, CancellationToken cancellationToken)
    {
        EntityValidator.CheckRunId(runId);
        return connection.CallAsync(endpoint, new RunIdRequest { RunId = runId }, cancellationToken);
    }
}
