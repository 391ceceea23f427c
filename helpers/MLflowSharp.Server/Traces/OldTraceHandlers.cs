using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;
using MLflowSharp.Stores;
using MLflowSharp.Traces;

namespace MLflowSharp.Server.Traces;

/// <summary>traces/… as MLflow 2 has them: begun and ended, with the spans in a file.</summary>
internal sealed class OldTraceHandlers(ITrackingStore store)
{
    public IEnumerable<Route> Routes =>
    [
        .. Route.Of(Endpoints.StartOldTrace, StartAsync),
        .. Route.Of(Endpoints.EndOldTrace, EndAsync),
        .. Route.Of(Endpoints.GetOldTraceInfo, GetAsync),
        .. Route.Of(Endpoints.SearchOldTraces, SearchAsync),
    ];

    private ITraceStore Traces => TraceHandlers.Of(store);

    private async Task<RestResponse> StartAsync(RestCall call, CancellationToken cancellationToken)
    {
        var begun = (await call.ReadAsync<OldTraceInfoMessage>(cancellationToken)).ToEntity(Guid.NewGuid().ToString("N"));
        return Answer(await Traces.StartTraceAsync(begun with { State = TraceInfo.InProgress }, isFinal: false, cancellationToken));
    }

    private async Task<RestResponse> EndAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<OldTraceInfoMessage>(cancellationToken);
        return Answer(await Traces.EndTraceAsync(request.ToEntity(call["request_id"]), cancellationToken));
    }

    private async Task<RestResponse> GetAsync(RestCall call, CancellationToken cancellationToken) => Answer(await Traces.GetTraceInfoAsync(call["request_id"], cancellationToken));

    private async Task<RestResponse> SearchAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<OldSearchTracesRequest>(["experiment_ids"], cancellationToken);
        var found = await Traces.SearchTracesAsync(
            request.ExperimentIds!, request.Filter, TraceHandlers.PageSize(request.MaxResults), request.OrderBy, WireText.OrNull(request.PageToken), cancellationToken);
        return Answers.Json(new OldSearchTracesResponse { Traces = found.Count == 0 ? null : [.. found.Select(OldTraceInfoMessage.From)], NextPageToken = found.Token });
    }

    private static RestResponse Answer(TraceInfo trace) => Answers.Json(new OldTraceResponse { TraceInfo = OldTraceInfoMessage.From(trace) });
}
