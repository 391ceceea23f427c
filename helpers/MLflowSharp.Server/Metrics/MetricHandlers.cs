using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Polling;
using MLflowSharp.Server.Routing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.Metrics;

/// <summary>metrics/get-history, of one run, of several, and thinned out for charts.</summary>
internal sealed class MetricHandlers(ITrackingStore store, PolledStore polled)
{
    private const int MostRuns = 100;
    private const int MostResults = 25000;
    private const int MostResultsOfInterval = 2500;

    public IEnumerable<Route> Routes =>
    [
        .. Route.Of(Endpoints.GetMetricHistory, GetHistoryAsync),
        .. Route.Of(Endpoints.GetMetricHistoryBulk, GetBulkAsync),
        .. Route.Of(Endpoints.GetMetricHistoryInterval, GetIntervalAsync),
    ];

    private async Task<RestResponse> GetHistoryAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<GetMetricHistoryRequest>(["run_id", "metric_key"], cancellationToken);
        var points = await store.GetMetricHistoryAsync(
            WireText.OrNull(request.RunId) ?? request.RunUuid!, request.MetricKey!, request.MaxResults, WireText.OrNull(request.PageToken), cancellationToken);
        return RunJson.History([.. points.Select(point => point.RunId is null ? point : point with { RunId = null })], points.Token);
    }

    private async Task<RestResponse> GetBulkAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<GetMetricHistoryBulkRequest>(cancellationToken);
        if (request.RunId is not { Count: > 0 } runs)
            throw MlflowException.Invalid("GetMetricHistoryBulk request must specify at least one run_id.");
        if (runs.Count > MostRuns)
            throw MlflowException.Invalid($"GetMetricHistoryBulk request cannot specify more than {MostRuns} run_ids. Received {runs.Count} run_ids.");
        var key = request.MetricKey ?? throw MlflowException.Invalid("GetMetricHistoryBulk request must specify a metric_key.");
        var points = await store.GetMetricHistoryBulkAsync(runs, key, Math.Min(request.MaxResults ?? MostResults, MostResults), cancellationToken);
        return Answers.Json(new MetricHistoryResponse { Metrics = [.. points.Select(MetricMessage.From)] });
    }

    private async Task<RestResponse> GetIntervalAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<GetMetricHistoryIntervalRequest>(["run_ids", "metric_key"], cancellationToken);
        if (request.RunIds!.Count > MostRuns)
            throw MlflowException.Invalid($"GetMetricHistoryBulkInterval request must specify at most {MostRuns} run_ids. Received {request.RunIds.Count} run_ids.");
        if (request.MaxResults is < 1 or > MostResultsOfInterval)
            throw MlflowException.Invalid($"max_results must be between 1 and {MostResultsOfInterval}.");
        return CurvesAnswer.Of(call.Request, await polled.ReadCurvesAsync(request, request.MaxResults ?? MostResultsOfInterval, cancellationToken));
    }
}
