using System.Text.Json.Nodes;

namespace MLflowSharp.Traces;

/// <summary>One step of a trace, as OpenTelemetry knows it (https://opentelemetry.io/docs/concepts/signals/traces/#spans).</summary>
internal sealed record TraceSpan
{
    public const string Ok = "OK";
    public const string Error = "ERROR";
    public const string Unset = "UNSET";

    /// <summary>The trace, 32 hexadecimal digits in lower case.</summary>
    public required string TraceNumber { get; init; }

    /// <summary>16 hexadecimal digits in lower case.</summary>
    public required string SpanId { get; init; }

    /// <summary>The step that this one is within; null for the first.</summary>
    public string? ParentId { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Nanoseconds since 1970.</summary>
    public long Start { get; init; }

    /// <summary>Nanoseconds since 1970.</summary>
    public long End { get; init; }

    /// <summary>One of the three above.</summary>
    public string Status { get; init; } = Unset;

    public string StatusMessage { get; init; } = "";

    /// <summary>Names with their values as JSON texts.</summary>
    public Dictionary<string, string> Attributes { get; init; } = [];

    /// <summary>Objects of name, time_unix_nano and attributes.</summary>
    public JsonArray Events { get; init; } = [];

    /// <summary>Objects of trace_id, span_id and attributes.</summary>
    public JsonArray Links { get; init; } = [];

    /// <summary>What produced the span, such as <c>service.name</c>.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Resource { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>The trace as MLflow names it.</summary>
    public string TraceId => NameOf(TraceNumber);

    /// <summary>How MLflow names the trace of a number.</summary>
    public static string NameOf(string number) => $"tr-{number}";

    /// <summary>An attribute that is a text; null when it is not there or something else.</summary>
    public string? Text(string key) => Attributes.TryGetValue(key, out var json) && SpanAttributes.Parse(json) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
