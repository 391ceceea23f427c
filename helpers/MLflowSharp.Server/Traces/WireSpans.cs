using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Protocol;
using MLflowSharp.Traces;

namespace MLflowSharp.Server.Traces;

/// <summary>Spans as they are stored, in the form of OpenTelemetry's messages, whose values carry their types.</summary>
internal static class WireSpans
{
    /// <summary>A trace with its spans.</summary>
    public static JsonObject WithSpans(TraceInfo trace, IReadOnlyList<string> spans) => new()
    {
        ["trace_info"] = JsonSerializer.SerializeToNode(TraceInfoMessage.From(trace), ProtocolJson.TypeOf<TraceInfoMessage>()),
        ["spans"] = new JsonArray([.. spans.Select(content => OfSpan(JsonNode.Parse(content)!.AsObject()))]),
    };

    /// <summary>Whether there are as many spans as the trace is said to have.</summary>
    public static bool AreAll(TraceInfo trace, IReadOnlyList<string> spans) =>
        !trace.Metadata.TryGetValue(TraceKeys.SizeStatistics, out var statistics) || SpanAttributes.Parse(statistics) is not JsonObject { } said
        || said["num_spans"] is not JsonValue expected || expected.GetValueKind() != JsonValueKind.Number || spans.Count >= expected.GetValue<double>();

    private static JsonObject OfSpan(JsonObject span)
    {
        var message = new JsonObject { ["trace_id"] = span["trace_id"]?.DeepClone(), ["span_id"] = span["span_id"]?.DeepClone() };
        if (span["parent_span_id"] is { } parent)
            message["parent_span_id"] = parent.DeepClone();
        message["name"] = span["name"]?.DeepClone();
        message["start_time_unix_nano"] = span["start_time_unix_nano"]?.DeepClone();
        if (span["end_time_unix_nano"] is { } end)
            message["end_time_unix_nano"] = end.DeepClone();
        Add(message, "attributes", [.. (span["attributes"] as JsonObject ?? []).Select(attribute => OfAttribute(attribute.Key, ValueOf(attribute.Value)))]);
        Add(message, "events", [.. (span["events"] as JsonArray ?? []).OfType<JsonObject>().Select(OfEvent)]);
        Add(message, "links", [.. (span["links"] as JsonArray ?? []).OfType<JsonObject>().Select(OfLink).OfType<JsonNode>()]);
        message["status"] = OfStatus(span["status"] as JsonObject ?? []);
        return message;
    }

    private static JsonObject OfStatus(JsonObject status)
    {
        var message = new JsonObject();
        if (status["message"]?.ToString() is { Length: > 0 } text)
            message["message"] = text;
        if (status["code"]?.ToString() is { } code and not "STATUS_CODE_UNSET")
            message["code"] = code;
        return message;
    }

    private static JsonObject OfEvent(JsonObject happened)
    {
        var message = new JsonObject { ["time_unix_nano"] = happened["time_unix_nano"]?.DeepClone(), ["name"] = happened["name"]?.DeepClone() };
        Add(message, "attributes", [.. (happened["attributes"] as JsonObject ?? []).Select(attribute => OfAttribute(attribute.Key, attribute.Value))]);
        return message;
    }

    private static JsonObject? OfLink(JsonObject link)
    {
        var (trace, span) = (link["trace_id"]?.ToString() ?? "", link["span_id"]?.ToString() ?? "");
        trace = trace.StartsWith("tr-", StringComparison.Ordinal) ? trace[3..] : trace;
        // Whatever else stands there is no identifier of OpenTelemetry's.
        if (trace.Length != 32 || span.Length != 16 || !trace.Concat(span).All(char.IsAsciiHexDigit))
            return null;
        var message = new JsonObject { ["trace_id"] = Convert.ToBase64String(Convert.FromHexString(trace)), ["span_id"] = Convert.ToBase64String(Convert.FromHexString(span)) };
        Add(message, "attributes", [.. (link["attributes"] as JsonObject ?? []).Select(attribute => OfAttribute(attribute.Key, attribute.Value))]);
        return message;
    }

    private static void Add(JsonObject message, string name, JsonNode[] items)
    {
        if (items.Length > 0)
            message[name] = new JsonArray(items);
    }

    // An attribute's value is kept as a JSON text.
    private static JsonNode? ValueOf(JsonNode? stored) =>
        stored is JsonValue value && value.TryGetValue<string>(out var json) ? json == "null" ? null : SpanAttributes.Parse(json) ?? json : stored;

    private static JsonObject OfAttribute(string key, JsonNode? value) => value is null ? new() { ["key"] = key } : new() { ["key"] = key, ["value"] = OfValue(value) };

    private static JsonObject OfValue(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => new JsonObject(),
        JsonValueKind.String => new JsonObject { ["string_value"] = value.GetValue<string>() },
        JsonValueKind.True or JsonValueKind.False => new JsonObject { ["bool_value"] = value.DeepClone() },
        JsonValueKind.Number when value.ToJsonString().AsSpan().IndexOfAny('.', 'e', 'E') < 0 => new JsonObject { ["int_value"] = value.DeepClone() },
        JsonValueKind.Number => new JsonObject { ["double_value"] = value.DeepClone() },
        JsonValueKind.Array => new JsonObject { ["array_value"] = Values(value.AsArray().Select(OfValue)) },
        _ => new JsonObject { ["kvlist_value"] = Values(value.AsObject().Select(member => OfAttribute(member.Key, member.Value))) },
    };

    private static JsonObject Values(IEnumerable<JsonNode> values) => values.ToArray() is { Length: > 0 } some ? new() { ["values"] = new JsonArray(some) } : [];
}
