using MLflowSharp.Traces;

namespace MLflowSharp.Protocol;

/// <summary>A trace as MLflow 2 sends it.</summary>
internal sealed record OldTraceInfoMessage
{
    public string? RequestId { get; set; }

    public string? ExperimentId { get; set; }

    public long? TimestampMs { get; set; }

    public long? ExecutionTimeMs { get; set; }

    public string? Status { get; set; }

    public IReadOnlyList<KeyValueMessage>? RequestMetadata { get; set; }

    public IReadOnlyList<KeyValueMessage>? Tags { get; set; }

    public static OldTraceInfoMessage From(TraceInfo trace) => new()
    {
        RequestId = trace.TraceId,
        ExperimentId = trace.ExperimentId,
        TimestampMs = trace.Timestamp,
        ExecutionTimeMs = trace.ExecutionTime ?? 0,
        Status = trace.State == TraceInfo.Unspecified ? "TRACE_STATUS_UNSPECIFIED" : trace.State,
        RequestMetadata = KeyValueMessage.From(trace.Metadata),
        Tags = KeyValueMessage.From(trace.Tags),
    };

    /// <summary>What ends the trace of an identifier, at the time of this message.</summary>
    public TraceInfo ToEntity(string traceId) => new(traceId, ExperimentId ?? "0", TimestampMs ?? 0)
    {
        State = Status is TraceInfo.Ok or TraceInfo.Error or TraceInfo.InProgress ? Status : TraceInfo.Unspecified,
        Metadata = KeyValueMessage.ToMap(RequestMetadata),
        Tags = KeyValueMessage.ToMap(Tags),
    };
}

/// <summary>Answer of the calls of MLflow 2 about one trace.</summary>
internal sealed record OldTraceResponse
{
    public OldTraceInfoMessage? TraceInfo { get; set; }
}

/// <summary>GET traces of MLflow 2.</summary>
internal sealed record OldSearchTracesRequest
{
    public IReadOnlyList<string>? ExperimentIds { get; set; }

    public string? Filter { get; set; }

    public long? MaxResults { get; set; }

    public IReadOnlyList<string>? OrderBy { get; set; }

    public string? PageToken { get; set; }
}

/// <summary>Answer of GET traces of MLflow 2.</summary>
internal sealed record OldSearchTracesResponse
{
    public IReadOnlyList<OldTraceInfoMessage>? Traces { get; set; }

    public string? NextPageToken { get; set; }
}
