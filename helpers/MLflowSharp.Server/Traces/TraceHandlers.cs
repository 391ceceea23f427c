using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.Traces;

/// <summary>traces/…/tags, under the paths of MLflow 2 and 3.</summary>
internal sealed class TraceHandlers(ITrackingStore store)
{
    public IEnumerable<Route> Routes =>
    [
        .. Route.Of(Endpoints.SetTraceTag, (call, cancellationToken) => SetTagAsync(call, "request_id", cancellationToken)),
        .. Route.Of(Endpoints.DeleteTraceTag, (call, cancellationToken) => DeleteTagAsync(call, "request_id", cancellationToken)),
        .. Route.Of(Endpoints.SetTraceTagV3, (call, cancellationToken) => SetTagAsync(call, "trace_id", cancellationToken)),
        .. Route.Of(Endpoints.DeleteTraceTagV3, (call, cancellationToken) => DeleteTagAsync(call, "trace_id", cancellationToken)),
    ];

    private async Task<RestResponse> SetTagAsync(RestCall call, string identifier, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<TraceTagRequest>(["key"], cancellationToken);
        await store.SetTraceTagAsync(call[identifier], request.Key!, request.Value ?? "", cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> DeleteTagAsync(RestCall call, string identifier, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<TraceTagRequest>(["key"], cancellationToken);
        await store.DeleteTraceTagAsync(call[identifier], request.Key!, cancellationToken);
        return Answers.Done();
    }
}
