using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MLflowSharp.Traces;
using MLflowSharp.Values;

namespace MLflowSharp.Protocol;

/// <summary>A judgement of a trace on the wire (MLflow 3).</summary>
internal sealed record AssessmentMessage
{
    private const string JsonFormat = "JSON_FORMAT";

    public string? AssessmentId { get; set; }

    public string? AssessmentName { get; set; }

    public string? TraceId { get; set; }

    public string? SpanId { get; set; }

    public AssessmentSourceMessage? Source { get; set; }

    public string? CreateTime { get; set; }

    public string? LastUpdateTime { get; set; }

    public FeedbackMessage? Feedback { get; set; }

    public ExpectationMessage? Expectation { get; set; }

    public JsonObject? Issue { get; set; }

    public string? Rationale { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    public string? Overrides { get; set; }

    public bool? Valid { get; set; }

    public static AssessmentMessage From(TraceAssessment assessment) => new()
    {
        AssessmentId = assessment.AssessmentId,
        AssessmentName = assessment.Name,
        TraceId = assessment.TraceId,
        SpanId = assessment.SpanId,
        Source = new() { SourceType = assessment.SourceType, SourceId = assessment.SourceId },
        CreateTime = TraceTimes.OfTime(assessment.Created ?? 0),
        LastUpdateTime = TraceTimes.OfTime(assessment.Updated ?? 0),
        Feedback = assessment.Kind == TraceAssessment.Feedback ? new() { Value = assessment.Value?.DeepClone(), Error = assessment.Error?.DeepClone() as JsonObject } : null,
        // What is no single value travels as a text.
        Expectation = assessment.Kind != TraceAssessment.Expectation ? null
            : assessment.Value is JsonObject or JsonArray ? new() { SerializedValue = new() { SerializationFormat = JsonFormat, Value = PythonJson.Write(assessment.Value) } }
            : new() { Value = assessment.Value?.DeepClone() },
        Issue = assessment.Kind == TraceAssessment.Issue ? assessment.Value?.DeepClone() as JsonObject : null,
        Rationale = assessment.Rationale,
        Metadata = assessment.Metadata.Count == 0 ? null : new(assessment.Metadata),
        Overrides = assessment.Overrides,
        Valid = assessment.Valid,
    };

    public TraceAssessment ToEntity(string traceId)
    {
        var (kind, value) = Feedback is not null ? (TraceAssessment.Feedback, Feedback.Value)
            : Expectation is not null ? (TraceAssessment.Expectation, Expectation.SerializedValue is { } text ? Parse(text) : Expectation.Value)
            : Issue is not null ? (TraceAssessment.Issue, Issue)
            : throw MlflowException.Invalid("Assessment must have either feedback, expectation, or issue value");
        return new(traceId, WireText.OrNull(AssessmentName) ?? throw MlflowException.Invalid("Missing value for required parameter 'assessment.assessment_name'."), kind, value)
        {
            AssessmentId = AssessmentId ?? "",
            Error = Feedback?.Error,
            SourceType = Source?.SourceType ?? "SOURCE_TYPE_UNSPECIFIED",
            SourceId = Source?.SourceId,
            SpanId = WireText.OrNull(SpanId),
            Rationale = Rationale,
            Overrides = WireText.OrNull(Overrides),
            Metadata = Metadata ?? [],
            Created = CreateTime is null ? null : TraceTimes.ToTime(CreateTime),
            Updated = LastUpdateTime is null ? null : TraceTimes.ToTime(LastUpdateTime),
        };
    }

    private static JsonNode? Parse(SerializedValueMessage text) => text.SerializationFormat != JsonFormat || text.Value is null
        ? throw MlflowException.Invalid($"Unknown serialization format: {text.SerializationFormat}. Only {JsonFormat} is supported.")
        : SpanAttributes.Parse(text.Value);
}

/// <summary>Who or what judged.</summary>
internal sealed record AssessmentSourceMessage
{
    public string? SourceType { get; set; }

    public string? SourceId { get; set; }
}

/// <summary>A judgement's value, or why there is none.</summary>
internal sealed record FeedbackMessage
{
    /// <summary>Written also when there is none: MLflow's clients look for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonNode? Value { get; set; }

    public JsonObject? Error { get; set; }
}

/// <summary>What should have come out.</summary>
internal sealed record ExpectationMessage
{
    public JsonNode? Value { get; set; }

    public SerializedValueMessage? SerializedValue { get; set; }
}

/// <summary>A value as a text.</summary>
internal sealed record SerializedValueMessage
{
    public string? SerializationFormat { get; set; }

    public string? Value { get; set; }
}

/// <summary>POST and PATCH traces/{trace_id}/assessments, and their answers.</summary>
internal sealed record AssessmentCall
{
    public AssessmentMessage? Assessment { get; set; }

    /// <summary>The fields to change, with commas between.</summary>
    public string? UpdateMask { get; set; }
}
