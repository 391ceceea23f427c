using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookTestRunner.Comparison;

/// <summary>Compares JSON (figures of Plotly and Vega-Lite, data) by structure: the order of members does not matter, numbers within tolerance.</summary>
internal static class JsonComparer
{
    /// <summary>Where two values first differ and how, or null when they agree.</summary>
    public static string? Difference(JsonNode? stored, JsonNode? now, TextComparer text, string path = "$") => (stored, now) switch
    {
        (null, null) => null,
        (JsonObject a, JsonObject b) => Members(a, b, text, path),
        (JsonArray a, JsonArray b) when a.Count != b.Count => $"{path}: stored {a.Count} items, now {b.Count}",
        (JsonArray a, JsonArray b) => a.Zip(b).Select((pair, i) => Difference(pair.First, pair.Second, text, $"{path}[{i}]")).FirstOrDefault(found => found is not null),
        (JsonValue a, JsonValue b) when Values(a, b, text) => null,
        _ => $"{path}: stored {Short(stored)}, now {Short(now)}",
    };

    private static string? Members(JsonObject stored, JsonObject now, TextComparer text, string path)
    {
        if (stored.FirstOrDefault(member => !now.ContainsKey(member.Key)).Key is { } gone) return $"{path}.{gone}: stored, but no longer there";
        if (now.FirstOrDefault(member => !stored.ContainsKey(member.Key)).Key is { } added) return $"{path}.{added}: not stored, but there now";
        return stored.Select(member => Difference(member.Value, now[member.Key], text, $"{path}.{member.Key}")).FirstOrDefault(found => found is not null);
    }

    private static bool Values(JsonValue stored, JsonValue now, TextComparer text) => (stored.GetValueKind(), now.GetValueKind()) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => text.Agree(Number(stored), Number(now)),
        (JsonValueKind.String, JsonValueKind.String) => text.Agree(text.Normalize(stored.GetValue<string>()), text.Normalize(now.GetValue<string>())),
        var (a, b) => a == b,
    };

    // A value made in memory may be of any numeric type; its JSON text is what both have in common.
    private static double Number(JsonValue value) => double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    private static string Short(JsonNode? node)
    {
        var json = node?.ToJsonString() ?? "null";
        return json.Length > 120 ? json[..120] + "…" : json;
    }
}
