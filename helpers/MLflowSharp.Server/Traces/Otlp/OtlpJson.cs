using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Traces;
using MLflowSharp.Values;

namespace MLflowSharp.Server.Traces.Otlp;

/// <summary>OpenTelemetry's messages in JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding): identifiers in hexadecimal digits, int64 as texts or numbers.</summary>
internal static class OtlpJson
{
    /// <summary>The spans of each resource.</summary>
    /// <exception cref="InvalidDataException">It is no such message.</exception>
    public static IReadOnlyList<IReadOnlyList<TraceSpan>> Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw OtlpFormat.Invalid();
            return [.. Items(document.RootElement, "resourceSpans").Select(ReadResource)];
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            throw OtlpFormat.Invalid(error);
        }
    }

    private static List<TraceSpan> ReadResource(JsonElement resource)
    {
        var attributes = Member(resource, "resource") is { } described ? OtlpFormat.ObjectOf(ReadAttributes(described)) : [];
        var shared = attributes.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        return [.. Items(resource, "scopeSpans").SelectMany(scope => Items(scope, "spans")).Select(span => ReadSpan(span, shared))];
    }

    private static TraceSpan ReadSpan(JsonElement span, Dictionary<string, JsonNode?> resource)
    {
        var status = Member(span, "status");
        var read = new TraceSpan
        {
            TraceNumber = "",
            SpanId = "",
            Name = Text(span, "name"),
            Start = Whole(span, "startTimeUnixNano"),
            End = Whole(span, "endTimeUnixNano"),
            Status = OtlpFormat.StatusOf(CodeOf(status)),
            StatusMessage = status is { } told ? Text(told, "message") : "",
            Events = [.. Items(span, "events").Select(happened => OtlpFormat.Event(Text(happened, "name"), Whole(happened, "timeUnixNano"), ReadAttributes(happened)))],
            Links = [.. Items(span, "links").Select(link => OtlpFormat.Link(Identifier(link, "traceId"), Identifier(link, "spanId"), ReadAttributes(link)))],
        };
        return OtlpFormat.Complete(Identifier(span, "traceId"), Identifier(span, "spanId"), Identifier(span, "parentSpanId"), read, resource, ReadAttributes(span));
    }

    private static long CodeOf(JsonElement? status) => status is not { } told || Member(told, "code") is not { } code ? 0
        : code.ValueKind == JsonValueKind.String ? code.GetString() switch { "STATUS_CODE_OK" => 1, "STATUS_CODE_ERROR" => 2, _ => 0 }
        : code.GetInt64();

    private static List<KeyValuePair<string, JsonNode?>> ReadAttributes(JsonElement owner, string name = "attributes") =>
        [.. Items(owner, name).Select(attribute => KeyValuePair.Create(Text(attribute, "key"), Member(attribute, "value") is { } value ? ReadValue(value) : null))];

    // How deep values may be is limited by the reader of the text.
    private static JsonNode? ReadValue(JsonElement value)
    {
        foreach (var kind in value.EnumerateObject())
        {
            switch (kind.Name)
            {
                case "stringValue":
                    return JsonValue.Create(kind.Value.GetString());
                case "boolValue":
                    return kind.Value.GetBoolean();
                case "intValue":
                    return Whole(kind.Value);
                case "doubleValue":
                    return PythonJson.Number(kind.Value.ValueKind == JsonValueKind.String ? double.Parse(kind.Value.GetString()!, CultureInfo.InvariantCulture) : kind.Value.GetDouble());
                case "arrayValue":
                    return new JsonArray([.. Items(kind.Value, "values").Select(ReadValue)]);
                case "kvlistValue":
                    return OtlpFormat.ObjectOf(ReadAttributes(kind.Value, "values"));
                case "bytesValue":
                    return OtlpFormat.TextOf(kind.Value.GetBytesFromBase64());
            }
        }

        return null;
    }

    private static byte[] Identifier(JsonElement owner, string name) => Convert.FromHexString(Text(owner, name));

    private static string Text(JsonElement owner, string name) => Member(owner, name) is { } value ? value.GetString() ?? "" : "";

    private static long Whole(JsonElement owner, string name) => Member(owner, name) is { } value ? Whole(value) : 0;

    private static long Whole(JsonElement value) => value.ValueKind == JsonValueKind.String ? long.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetInt64();

    private static JsonElement? Member(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement owner, string name) => Member(owner, name) is { } list ? list.EnumerateArray() : default;
}
