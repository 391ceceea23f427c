using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.Runs;

/// <summary>What is logged to a run: runs/log-…, tags, inputs and outputs.</summary>
internal sealed class LoggingHandlers(ITrackingStore store)
{
    public IEnumerable<Route> Routes =>
    [
        .. Route.Of(Endpoints.LogMetric, LogMetricAsync),
        .. Route.Of(Endpoints.LogParam, LogParamAsync),
        .. Route.Of(Endpoints.SetTag, SetTagAsync),
        .. Route.Of(Endpoints.DeleteTag, DeleteTagAsync),
        .. Route.Of(Endpoints.LogBatch, LogBatchAsync),
        .. Route.Of(Endpoints.LogInputs, LogInputsAsync),
        .. Route.Of(Endpoints.LogOutputs, LogOutputsAsync),
        .. Route.Of(Endpoints.LogModel, LogModelAsync),
    ];

    private async Task<RestResponse> LogMetricAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<LogMetricRequest>(["run_id", "key", "value", "timestamp"], cancellationToken);
        await store.LogBatchAsync(WireText.OrNull(request.RunId) ?? request.RunUuid!, [request.ToEntity()], [], [], cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> LogParamAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<RunKeyValueRequest>(["run_id", "key"], cancellationToken);
        await store.LogBatchAsync(IdOf(request), [], [new(request.Key!, request.Value ?? "")], [], cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> SetTagAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<RunKeyValueRequest>(["run_id", "key"], cancellationToken);
        await store.LogBatchAsync(IdOf(request), [], [], [new(request.Key!, request.Value ?? "")], cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> DeleteTagAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<RunKeyValueRequest>(["run_id", "key"], cancellationToken);
        await store.DeleteTagAsync(IdOf(request), request.Key!, cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> LogBatchAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<LogBatchRequest>(["run_id"], cancellationToken);
        var (metrics, parameters, tags) = (request.Metrics ?? [], request.Params ?? [], request.Tags ?? []);
        for (var i = 0; i < metrics.Count; i++)
        {
            var metric = metrics[i];
            var missing = string.IsNullOrEmpty(metric.Key) ? "key" : metric.Value is null ? "value" : metric.Timestamp is null ? "timestamp" : null;
            if (missing is not null)
                throw MessageFields<LogBatchRequest>.Missing($"metrics[{i}].{missing}");
        }

        RequireKeys("params", parameters);
        RequireKeys("tags", tags);
        await store.LogBatchAsync(
            request.RunId!,
            [.. metrics.Select(metric => metric.ToEntity() with { RunId = null })],
            [.. parameters.Select(item => new Param(item.Key!, item.Value ?? ""))],
            [.. tags.Select(item => new RunTag(item.Key!, item.Value ?? ""))],
            cancellationToken);
        return Answers.Done();

        static void RequireKeys(string list, IReadOnlyList<KeyValueMessage> items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                if (string.IsNullOrEmpty(items[i].Key))
                    throw MessageFields<LogBatchRequest>.Missing($"{list}[{i}].key");
            }
        }
    }

    private async Task<RestResponse> LogInputsAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<LogInputsRequest>(["run_id"], cancellationToken);
        await store.LogInputsAsync(
            request.RunId!,
            [.. (request.Datasets ?? []).Select(input => input.ToEntity())],
            [.. (request.Models ?? []).Select(input => input.ToEntity())],
            cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> LogOutputsAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<LogOutputsRequest>(["run_id", "models"], cancellationToken);
        await store.LogOutputsAsync(request.RunId!, [.. request.Models!.Select(output => output.ToEntity())], cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> LogModelAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<LogModelRequest>(["run_id", "model_json"], cancellationToken);
        var model = ModelHistory.Parse(request.ModelJson!);
        var run = await RunHandlers.FindAsync(store, request.RunId!, cancellationToken);
        var history = ModelHistory.Append(run.Data.Tags.GetValueOrDefault(ModelHistory.Tag), model);
        await store.LogBatchAsync(request.RunId!, [], [], [new(ModelHistory.Tag, history)], cancellationToken);
        return Answers.Done();
    }

    private static string IdOf(RunKeyValueRequest request) => WireText.OrNull(request.RunId) ?? request.RunUuid!;
}
