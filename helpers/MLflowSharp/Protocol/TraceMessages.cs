using MLflowSharp.Traces;

namespace MLflowSharp.Protocol;

/// <summary>A trace of MLflow 3 on the wire, without its spans.</summary>
internal sealed record TraceInfoMessage
{
    public string? TraceId { get; set; }

    public string? ClientRequestId { get; set; }

    public TraceLocationMessage? TraceLocation { get; set; }

    public string? RequestPreview { get; set; }

    public string? ResponsePreview { get; set; }

    /// <summary>As in RFC 3339.</summary>
    public string? RequestTime { get; set; }

    /// <summary>Seconds with an <c>s</c> behind.</summary>
    public string? ExecutionDuration { get; set; }

    public string? State { get; set; }

    public Dictionary<string, string>? TraceMetadata { get; set; }

    public IReadOnlyList<AssessmentMessage>? Assessments { get; set; }

    public Dictionary<string, string>? Tags { get; set; }

    public static TraceInfoMessage From(TraceInfo trace) => new()
    {
        TraceId = trace.TraceId,
        ClientRequestId = trace.ClientRequestId,
        TraceLocation = new() { Type = "MLFLOW_EXPERIMENT", MlflowExperiment = new() { ExperimentId = trace.ExperimentId } },
        RequestPreview = trace.RequestPreview,
        ResponsePreview = trace.ResponsePreview,
        RequestTime = TraceTimes.OfTime(trace.Timestamp),
        ExecutionDuration = trace.ExecutionTime is { } duration ? TraceTimes.OfDuration(duration) : null,
        State = trace.State,
        TraceMetadata = trace.Metadata.Count == 0 ? null : new(trace.Metadata),
        Assessments = trace.Assessments.Count == 0 ? null : [.. trace.Assessments.Select(AssessmentMessage.From)],
        Tags = trace.Tags.Count == 0 ? null : new(trace.Tags),
    };

    public TraceInfo ToEntity() => new(
        WireText.OrNull(TraceId) ?? throw MlflowException.Invalid("Missing value for required parameter 'trace.trace_info.trace_id'."),
        WireText.OrNull(TraceLocation?.MlflowExperiment?.ExperimentId)
            ?? throw MlflowException.Invalid("Missing value for required parameter 'trace.trace_info.trace_location.mlflow_experiment.experiment_id'. Traces are kept in experiments."),
        TraceTimes.ToTime(RequestTime))
    {
        ExecutionTime = TraceTimes.ToDuration(ExecutionDuration),
        State = State is TraceInfo.Ok or TraceInfo.Error or TraceInfo.InProgress ? State : TraceInfo.Unspecified,
        ClientRequestId = WireText.OrNull(ClientRequestId),
        RequestPreview = RequestPreview,
        ResponsePreview = ResponsePreview,
        Metadata = TraceMetadata ?? [],
        Assessments = [.. (Assessments ?? []).Select(assessment => assessment.ToEntity(TraceId!))],
        Tags = Tags ?? [],
    };
}

/// <summary>Where a trace is kept.</summary>
internal sealed record TraceLocationMessage
{
    public string? Type { get; set; }

    public ExperimentIdRequest? MlflowExperiment { get; set; }
}

/// <summary>A trace with what is known of it.</summary>
internal sealed record TraceMessage
{
    public TraceInfoMessage? TraceInfo { get; set; }
}

/// <summary>POST traces (MLflow 3), and the answer to it and to GET traces/{trace_id}.</summary>
internal sealed record StartTraceMessage
{
    public TraceMessage? Trace { get; set; }
}

/// <summary>POST traces/batchGetInfos, GET traces/batchGet.</summary>
internal sealed record BatchTracesRequest
{
    public IReadOnlyList<string>? TraceIds { get; set; }

    public IReadOnlyList<string>? ExperimentIds { get; set; }
}

/// <summary>Answer of traces/batchGetInfos.</summary>
internal sealed record TraceInfosResponse
{
    public IReadOnlyList<TraceInfoMessage>? TraceInfos { get; set; }
}

/// <summary>GET traces/get.</summary>
internal sealed record GetTraceRequest
{
    public string? TraceId { get; set; }

    public bool? AllowPartial { get; set; }
}

/// <summary>POST traces/search.</summary>
internal sealed record SearchTracesRequest
{
    public IReadOnlyList<TraceLocationMessage>? Locations { get; set; }

    public string? Filter { get; set; }

    public long? MaxResults { get; set; }

    public IReadOnlyList<string>? OrderBy { get; set; }

    public string? PageToken { get; set; }
}

/// <summary>Answer of traces/search.</summary>
internal sealed record SearchTracesResponse
{
    public IReadOnlyList<TraceInfoMessage>? Traces { get; set; }

    public string? NextPageToken { get; set; }
}

/// <summary>POST traces/delete-traces.</summary>
internal sealed record DeleteTracesRequest
{
    public string? ExperimentId { get; set; }

    public long? MaxTimestampMillis { get; set; }

    public int? MaxTraces { get; set; }

    public IReadOnlyList<string>? RequestIds { get; set; }
}

/// <summary>Answer of traces/delete-traces.</summary>
internal sealed record DeleteTracesResponse
{
    public int? TracesDeleted { get; set; }
}

/// <summary>POST traces/link-to-run.</summary>
internal sealed record LinkTracesRequest
{
    public IReadOnlyList<string>? TraceIds { get; set; }

    public string? RunId { get; set; }
}
