using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Polling;
using MLflowSharp.Server.Routing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.Runs;

/// <summary>runs/create, get, update, delete, restore and search.</summary>
internal sealed class RunHandlers(ITrackingStore store, PolledStore polled)
{
    /// <summary>As many as MLflow gives when nothing is said.</summary>
    private const int DefaultMaxResults = 1000;
    private const int MostResults = 50_000;

    public IEnumerable<Route> Routes =>
    [
        .. Route.Of(Endpoints.CreateRun, CreateAsync),
        .. Route.Of(Endpoints.GetRun, GetAsync),
        .. Route.Of(Endpoints.UpdateRun, UpdateAsync),
        .. Route.Of(Endpoints.DeleteRun, DeleteAsync),
        .. Route.Of(Endpoints.RestoreRun, RestoreAsync),
        .. Route.Of(Endpoints.SearchRuns, SearchAsync),
    ];

    /// <summary>Reads a run whatever its identifier looks like: MLflow looks for any text, and does not find it.</summary>
    public static async Task<Run> FindAsync(ITrackingStore store, string runId, CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetRunAsync(runId, cancellationToken);
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.InvalidParameterValue)
        {
            throw new MlflowException($"Run with id={runId} not found", ErrorCode.ResourceDoesNotExist, error);
        }
    }

    private async Task<RestResponse> CreateAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<CreateRunRequest>(cancellationToken);
        var run = await store.CreateRunAsync(
            WireText.OrNull(request.ExperimentId) ?? "0",
            request.UserId ?? "",
            WireText.ToTime(request.StartTime ?? 0),
            KeyValueMessage.ToMap(request.Tags),
            WireText.OrNull(request.RunName),
            cancellationToken);
        return RunJson.One(run, isNew: true);
    }

    private async Task<RestResponse> GetAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<RunIdRequest>(["run_id"], cancellationToken);
        return RunJson.One(await FindAsync(store, IdOf(request), cancellationToken));
    }

    private async Task<RestResponse> UpdateAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<UpdateRunRequest>(["run_id"], cancellationToken);
        var info = await store.UpdateRunInfoAsync(
            WireText.OrNull(request.RunId) ?? request.RunUuid!, request.Status, WireText.ToTime(request.EndTime), WireText.OrNull(request.RunName), cancellationToken);
        return Answers.Json(new UpdateRunResponse { RunInfo = RunInfoMessage.From(info) });
    }

    private async Task<RestResponse> DeleteAsync(RestCall call, CancellationToken cancellationToken)
    {
        await store.DeleteRunAsync(IdOf(await call.ReadAsync<RunIdRequest>(["run_id"], cancellationToken)), cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> RestoreAsync(RestCall call, CancellationToken cancellationToken)
    {
        await store.RestoreRunAsync(IdOf(await call.ReadAsync<RunIdRequest>(["run_id"], cancellationToken)), cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> SearchAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<SearchRunsRequest>(cancellationToken);
        MessageFields<SearchRunsRequest>.CheckPageSize(request.MaxResults, MostResults);
        return Answers.Written(await polled.FindAsync(request, async cancellation => RunJson.Found(await store.SearchRunsAsync(
            request.ExperimentIds ?? [],
            request.Filter,
            request.RunViewType ?? ViewType.ActiveOnly,
            request.MaxResults ?? DefaultMaxResults,
            request.OrderBy,
            WireText.OrNull(request.PageToken),
            cancellation)), cancellationToken));
    }

    private static string IdOf(RunIdRequest request) => WireText.OrNull(request.RunId) ?? request.RunUuid!;
}
