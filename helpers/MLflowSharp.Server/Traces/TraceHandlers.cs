using System.Text;
using MLflowSharp.Artifacts;
using MLflowSharp.Protocol;
using MLflowSharp.Server.Artifacts;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;
using MLflowSharp.Stores;
using MLflowSharp.Traces;

namespace MLflowSharp.Server.Traces;

/// <summary>traces/… as MLflow 3 has them.</summary>
internal sealed class TraceHandlers(ITrackingStore store, ServedArtifacts artifacts)
{
    private const int DefaultMaxResults = 100;
    private const int MostResults = 500;
    private const string DataFile = "traces.json";

    /// <summary>Tags that the server alone writes.</summary>
    private static readonly string[] OwnTags = [TraceKeys.SpansLocation, TraceKeys.ArchiveLocation, TraceKeys.ArchivalFailure];

    public IEnumerable<Route> Routes =>
    [
        .. Route.Of(Endpoints.StartTrace, StartAsync),
        .. Route.Of(Endpoints.GetTraceInfo, GetInfoAsync),
        .. Route.Of(Endpoints.GetTrace, GetAsync),
        .. Route.Of(Endpoints.GetTraces, GetManyAsync),
        .. Route.Of(Endpoints.GetTraceInfos, GetInfosAsync),
        .. Route.Of(Endpoints.SearchTraces, SearchAsync),
        .. Route.Of(Endpoints.DeleteTraces, DeleteAsync),
        .. Route.Of(Endpoints.DeleteTraces with { Version = 2 }, DeleteAsync),
        .. Route.Of(Endpoints.QueryTraceMetrics, MeasureAsync),
        .. Route.Of(Endpoints.LinkTracesToRun, LinkAsync),
        .. Route.Of(Endpoints.GetTraceArtifact, GetArtifactAsync),
        .. Route.Of(Endpoints.GetTraceArtifact with { Version = 3 }, GetArtifactAsync),
        .. Route.Of(Endpoints.SetTraceTag, (call, cancellationToken) => SetTagAsync(call, "request_id", cancellationToken)),
        .. Route.Of(Endpoints.DeleteTraceTag, (call, cancellationToken) => DeleteTagAsync(call, "request_id", cancellationToken)),
        .. Route.Of(Endpoints.SetTraceTagV3, (call, cancellationToken) => SetTagAsync(call, "trace_id", cancellationToken)),
        .. Route.Of(Endpoints.DeleteTraceTagV3, (call, cancellationToken) => DeleteTagAsync(call, "trace_id", cancellationToken)),
        // Pages of traces ask for these, too. There are none here.
        .. Route.Of(Endpoints.ListScorers, (_, _) => Answers.DoneAsync()),
        .. Route.Of(Endpoints.SearchEvaluationDatasets, (_, _) => Answers.DoneAsync()),
        .. Route.Of(Endpoints.SearchEvaluationDatasets with { Method = HttpMethod.Get }, (_, _) => Answers.DoneAsync()),
    ];

    /// <summary>The store as one of traces; NOT_IMPLEMENTED when it is none.</summary>
    public static ITraceStore Of(ITrackingStore store) => store as ITraceStore ?? throw new MlflowException(
        "This server keeps no traces: its store is a folder of files. Start it over a database, for instance sqlite:///mlflow.db.", ErrorCode.NotImplemented);

    /// <summary>Refuses pages that are longer than MLflow gives.</summary>
    public static int PageSize(long? asked)
    {
        MessageFields<SearchTracesRequest>.CheckPageSize(asked, MostResults);
        return (int)Math.Max(asked ?? DefaultMaxResults, int.MinValue);
    }

    private ITraceStore Traces => Of(store);

    private async Task<RestResponse> StartAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<StartTraceMessage>(["trace"], cancellationToken);
        return Answer(await Traces.StartTraceAsync((request.Trace!.TraceInfo ?? new()).ToEntity(), isFinal: true, cancellationToken));
    }

    private async Task<RestResponse> GetInfoAsync(RestCall call, CancellationToken cancellationToken) => Answer(await Traces.GetTraceInfoAsync(call["trace_id"], cancellationToken));

    private async Task<RestResponse> GetAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<GetTraceRequest>(["trace_id"], cancellationToken);
        var trace = await FindAsync(request.TraceId!, cancellationToken);
        if (!HasSpans(trace))
            throw NoSpans(trace);
        var spans = await Traces.GetSpansAsync(trace.TraceId, cancellationToken);
        return request.AllowPartial == true || WireSpans.AreAll(trace, spans)
            ? Answers.CompactJson(new() { ["trace"] = WireSpans.WithSpans(trace, spans) })
            : throw MlflowException.Missing($"Trace with ID {trace.TraceId} is not fully exported yet, please try again later.");
    }

    private async Task<RestResponse> GetManyAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<BatchTracesRequest>(["trace_ids"], cancellationToken);
        var found = new System.Text.Json.Nodes.JsonArray();
        foreach (var trace in await Traces.GetTraceInfosAsync(request.TraceIds!, request.ExperimentIds, cancellationToken))
        {
            if (!HasSpans(trace))
                throw NoSpans(trace);
            var spans = await Traces.GetSpansAsync(trace.TraceId, cancellationToken);
            if (spans.Count > 0 && WireSpans.AreAll(trace, spans))
                found.Add(WireSpans.WithSpans(trace, spans));
        }

        return Answers.CompactJson(found.Count == 0 ? [] : new() { ["traces"] = found });
    }

    private async Task<RestResponse> GetInfosAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<BatchTracesRequest>(["trace_ids"], cancellationToken);
        var found = await Traces.GetTraceInfosAsync(request.TraceIds!, request.ExperimentIds, cancellationToken);
        return Answers.OneLineJson(new TraceInfosResponse { TraceInfos = found.Count == 0 ? null : [.. found.Select(TraceInfoMessage.From)] });
    }

    private async Task<RestResponse> SearchAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<SearchTracesRequest>(["locations"], cancellationToken);
        var experiments = request.Locations!.Select(location => location.MlflowExperiment?.ExperimentId).OfType<string>().ToList();
        var found = await Traces.SearchTracesAsync(experiments, request.Filter, PageSize(request.MaxResults), request.OrderBy, WireText.OrNull(request.PageToken), cancellationToken);
        return Answers.OneLineJson(new SearchTracesResponse { Traces = found.Count == 0 ? null : [.. found.Select(TraceInfoMessage.From)], NextPageToken = found.Token });
    }

    private async Task<RestResponse> DeleteAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<DeleteTracesRequest>(["experiment_id"], cancellationToken);
        return Answers.Json(new DeleteTracesResponse
        {
            TracesDeleted = await Traces.DeleteTracesAsync(request.ExperimentId!, request.MaxTimestampMillis, request.MaxTraces, request.RequestIds ?? [], cancellationToken),
        });
    }

    private async Task<RestResponse> MeasureAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<TraceMetricsRequest>(["experiment_ids", "view_type", "metric_name", "aggregations"], cancellationToken);
        // An unknown view is that of traces, as in MLflow.
        var view = TraceMetricRules.IsView(request.ViewType!) ? request.ViewType! : "TRACES";
        var points = await Traces.QueryTraceMetricsAsync(
            new(request.ExperimentIds!, view, request.MetricName!, [.. request.Aggregations!.Select(aggregation => new TraceAggregation(aggregation.AggregationType ?? "COUNT", aggregation.PercentileValue))])
            {
                Dimensions = request.Dimensions ?? [],
                Filters = request.Filters ?? [],
                IntervalSeconds = request.TimeIntervalSeconds is 0 ? null : request.TimeIntervalSeconds,
                From = request.StartTimeMs,
                To = request.EndTimeMs,
                MaxResults = request.MaxResults is > 0 and { } most ? most : 1000,
            },
            cancellationToken);
        return Answers.Json(new TraceMetricsResponse { DataPoints = points.Count == 0 ? null : [.. points.Select(point => TraceMetricPointMessage.From(request.MetricName!, point))] });
    }

    private async Task<RestResponse> LinkAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<LinkTracesRequest>(["trace_ids", "run_id"], cancellationToken);
        await Traces.LinkTracesToRunAsync(request.TraceIds!, request.RunId!, cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> GetArtifactAsync(RestCall call, CancellationToken cancellationToken)
    {
        var id = WireText.OrNull(call.QueryValue("request_id")) ?? throw new MlflowException("Request must include the \"request_id\" query parameter.", ErrorCode.BadRequest);
        var path = WireText.OrNull(call.QueryValue("path"));
        var trace = await FindAsync(id, cancellationToken);
        if (path is null && HasSpans(trace))
        {
            var spans = await Traces.GetSpansAsync(id, cancellationToken);
            return new(200, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes($"{{\"spans\":[{string.Join(',', spans)}]}}"));
        }

        // Older clients keep the spans in a file beside the run's.
        var file = path is null ? DataFile : $"attachments/{ArtifactPath.CheckFile(path)}";
        var (repository, folder) = artifacts.At(trace.Tags.GetValueOrDefault(TraceKeys.ArtifactLocation) ?? throw NoSpans(trace));
        try
        {
            return await ArtifactAnswer.OpenAsync(call, repository, ArtifactPath.Combine(folder, file), cancellationToken);
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.ResourceDoesNotExist)
        {
            throw new MlflowException($"Trace data not found for path={file}", ErrorCode.NotFound, error);
        }
    }

    private async Task<RestResponse> SetTagAsync(RestCall call, string identifier, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<TraceTagRequest>(["key"], cancellationToken);
        if (OwnTags.Contains(request.Key))
            throw MlflowException.Invalid($"Tag '{request.Key}' is immutable and cannot be set on a trace.");
        await store.SetTraceTagAsync(call[identifier], request.Key!, request.Value ?? "", cancellationToken);
        return Answers.Done();
    }

    private async Task<RestResponse> DeleteTagAsync(RestCall call, string identifier, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<TraceTagRequest>(["key"], cancellationToken);
        if (OwnTags.Contains(request.Key) && request.Key != TraceKeys.ArchivalFailure)
            throw MlflowException.Invalid($"Tag '{request.Key}' is immutable and cannot be deleted on a trace.");
        await store.DeleteTraceTagAsync(call[identifier], request.Key!, cancellationToken);
        return Answers.Done();
    }

    private async Task<TraceInfo> FindAsync(string traceId, CancellationToken cancellationToken) =>
        await Traces.GetTraceInfosAsync([traceId], null, cancellationToken) is [var trace] ? trace : throw MlflowException.Missing($"Trace with ID {traceId} is not found.");

    private static bool HasSpans(TraceInfo trace) => trace.Tags.GetValueOrDefault(TraceKeys.SpansLocation) == TraceKeys.TrackingStore;

    // With this code clients look for the file.
    private static MlflowException NoSpans(TraceInfo trace) => new($"Trace data not stored in tracking store: the spans of {trace.TraceId} are in a file of its own, which get-trace-artifact gives.", ErrorCode.InternalError);

    private static RestResponse Answer(TraceInfo trace) => Answers.OneLineJson(new StartTraceMessage { Trace = new() { TraceInfo = TraceInfoMessage.From(trace) } });
}
