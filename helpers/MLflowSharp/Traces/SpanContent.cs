using System.Text.Json.Nodes;
using MLflowSharp.Values;

namespace MLflowSharp.Traces;

/// <summary>A span as the JSON that MLflow keeps in its table <c>spans</c>, and gives to its pages.</summary>
internal static class SpanContent
{
    public static string Write(TraceSpan span) => PythonJson.Write(new JsonObject
    {
        ["trace_id"] = Base64(span.TraceNumber),
        ["span_id"] = Base64(span.SpanId),
        ["parent_span_id"] = span.ParentId is { } parent ? Base64(parent) : null,
        ["name"] = span.Name,
        ["start_time_unix_nano"] = span.Start,
        ["end_time_unix_nano"] = span.End,
        ["events"] = span.Events.DeepClone(),
        ["status"] = new JsonObject { ["code"] = $"STATUS_CODE_{span.Status}", ["message"] = span.StatusMessage },
        ["attributes"] = new JsonObject(span.Attributes.Select(attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)attribute.Value))),
        ["links"] = span.Links.DeepClone(),
    });

    private static string Base64(string hexadecimal) => Convert.ToBase64String(Convert.FromHexString(hexadecimal));
}
