using System.Text.Json.Nodes;

namespace MLflowSharp.Traces;

/// <summary>What somebody, or some program, says of a trace (https://mlflow.org/docs/latest/genai/assessments/feedback/).</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="Name">What is judged, such as <c>correct</c>.</param>
/// <param name="Kind">One of the three below.</param>
/// <param name="Value">The judgement: any JSON.</param>
internal sealed record TraceAssessment(string TraceId, string Name, string Kind, JsonNode? Value)
{
    public const string Feedback = "feedback";
    public const string Expectation = "expectation";
    public const string Issue = "issue";

    /// <summary>Its identifier; empty for one that is to be made.</summary>
    public string AssessmentId { get; init; } = "";

    /// <summary>Why there is no value: error_code, error_message, stack_trace.</summary>
    public JsonObject? Error { get; init; }

    /// <summary>HUMAN, LLM_JUDGE or CODE.</summary>
    public string SourceType { get; init; } = "SOURCE_TYPE_UNSPECIFIED";

    /// <summary>Who, or which program.</summary>
    public string? SourceId { get; init; }

    /// <summary>The step that is judged; null for the whole trace.</summary>
    public string? SpanId { get; init; }

    public string? Rationale { get; init; }

    /// <summary>The judgement that this one takes the place of.</summary>
    public string? Overrides { get; init; }

    /// <summary>Whether no other has taken its place.</summary>
    public bool Valid { get; init; } = true;

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Milliseconds since 1970; null for now.</summary>
    public long? Created { get; init; }

    /// <summary>Milliseconds since 1970; null for now.</summary>
    public long? Updated { get; init; }

    /// <summary>The number that is averaged: of a truth value and of yes and no 1 or 0.</summary>
    public (double? Number, bool IsNumeric) Aggregate => Value switch
    {
        JsonValue value when value.TryGetValue<bool>(out var truth) => (truth ? 1 : 0, false),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number => (value.GetValue<double>(), true),
        JsonValue value when value.TryGetValue<string>(out var text) && text.Trim().ToUpperInvariant() is "YES" or "NO" => (Value.ToString().Trim().Equals("yes", StringComparison.OrdinalIgnoreCase) ? 1 : 0, false),
        _ => (null, false),
    };
}
