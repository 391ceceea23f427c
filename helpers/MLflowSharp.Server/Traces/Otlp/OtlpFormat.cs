using System.Text.Json.Nodes;
using MLflowSharp.Traces;

namespace MLflowSharp.Server.Traces.Otlp;

/// <summary>What both forms of OpenTelemetry's messages share.</summary>
internal static class OtlpFormat
{
    /// <summary>How deep values may be within each other.</summary>
    public const int Deepest = 100;

    /// <summary>What is no message of OpenTelemetry's.</summary>
    public static InvalidDataException Invalid(Exception? cause = null) => new("Invalid OpenTelemetry format", cause);

    /// <summary>A span with what was read of it; one without identifiers is refused.</summary>
    public static TraceSpan Complete(byte[] trace, byte[] span, byte[] parent, TraceSpan read, IReadOnlyDictionary<string, JsonNode?> resource, IReadOnlyList<KeyValuePair<string, JsonNode?>> attributes)
    {
        if (trace.Length is 0 or > 16 || span.Length is 0 or > 8 || parent.Length > 8)
        {
            throw new InvalidDataException(
                "Cannot convert OpenTelemetry span to MLflow span", new ArgumentException("A trace_id has 16 bytes, a span_id and a parent_span_id 8."));
        }

        var complete = read with { TraceNumber = Hexadecimal(trace, 16), SpanId = Hexadecimal(span, 8), ParentId = parent.All(b => b == 0) ? null : Hexadecimal(parent, 8), Resource = resource };
        foreach (var (key, value) in attributes)
            complete.Attributes[key] = SpanAttributes.Dump(value);
        complete.Attributes[TraceKeys.RequestId] = SpanAttributes.Dump(complete.TraceId);
        return complete;
    }

    /// <summary>The state of a number.</summary>
    public static string StatusOf(long code) => code switch { 1 => TraceSpan.Ok, 2 => TraceSpan.Error, _ => TraceSpan.Unset };

    /// <summary>A link to another span.</summary>
    public static JsonObject Link(byte[] trace, byte[] span, IReadOnlyList<KeyValuePair<string, JsonNode?>> attributes) => new()
    {
        ["trace_id"] = TraceSpan.NameOf(Hexadecimal(trace, 16)),
        ["span_id"] = Hexadecimal(span, 8),
        ["attributes"] = attributes.Count == 0 ? null : ObjectOf(attributes),
    };

    /// <summary>Something that happened within a span.</summary>
    public static JsonObject Event(string name, long time, IReadOnlyList<KeyValuePair<string, JsonNode?>> attributes) =>
        new() { ["name"] = name, ["time_unix_nano"] = time, ["attributes"] = ObjectOf(attributes) };

    /// <summary>Names with values; of a name that comes twice the last value.</summary>
    public static JsonObject ObjectOf(IEnumerable<KeyValuePair<string, JsonNode?>> members)
    {
        var found = new JsonObject();
        foreach (var (key, value) in members)
            found[key] = value;
        return found;
    }

    /// <summary>Bytes as the text that Python makes of them, and MLflow stores.</summary>
    public static string TextOf(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder("b'");
        foreach (var b in bytes)
        {
            _ = b switch
            {
                (byte)'\\' or (byte)'\'' => text.Append('\\').Append((char)b),
                (byte)'\n' => text.Append("\\n"),
                (byte)'\r' => text.Append("\\r"),
                (byte)'\t' => text.Append("\\t"),
                >= 32 and < 127 => text.Append((char)b),
                _ => text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{b:x2}"),
            };
        }

        return text.Append('\'').ToString();
    }

    private static string Hexadecimal(byte[] bytes, int length) => Convert.ToHexStringLower(bytes).PadLeft(2 * length, '0');
}
