using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookTestRunner.Comparison;

/// <summary>Compares JSON (figures of Plotly and Vega-Lite, data) by structure: the order of members does not matter, numbers within tolerance.</summary>
internal sealed class JsonComparer
{
    private const int MostShown = 10;

    private readonly TextComparer text;
    private readonly List<string> found = [];

    private JsonComparer(TextComparer text) => this.text = text;

    /// <summary>Where two values differ and how, a line for each place, or null when they agree.</summary>
    public static string? Difference(JsonNode? stored, JsonNode? now, TextComparer text, string path = "$")
    {
        var comparer = new JsonComparer(text);
        comparer.Compare(stored, now, path);
        return comparer.found.Count == 0 ? null
            : string.Join('\n', comparer.found.Take(MostShown)) + (comparer.found.Count > MostShown ? "\n… and more" : "");
    }

    private void Compare(JsonNode? stored, JsonNode? now, string path)
    {
        // The first differences tell enough, and data may have millions.
        if (found.Count > MostShown) return;
        switch (stored, now)
        {
            case (null, null):
                break;
            case (JsonObject a, JsonObject b):
                found.AddRange(a.Where(member => !b.ContainsKey(member.Key)).Select(member => $"{path}.{member.Key}: stored, but no longer there"));
                found.AddRange(b.Where(member => !a.ContainsKey(member.Key)).Select(member => $"{path}.{member.Key}: not stored, but there now"));
                foreach (var (key, value) in a.Where(member => b.ContainsKey(member.Key))) Compare(value, b[key], $"{path}.{key}");
                break;
            case (JsonArray a, JsonArray b) when a.Count != b.Count:
                found.Add(string.Create(CultureInfo.InvariantCulture, $"{path}: stored {a.Count} items, now {b.Count}"));
                break;
            case (JsonArray a, JsonArray b):
                for (var i = 0; i < a.Count && found.Count <= MostShown; i++) Compare(a[i], b[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"));
                break;
            case (JsonValue a, JsonValue b) when Agree(a, b):
                break;
            default:
                found.Add($"{path}: stored {Short(stored)}, now {Short(now)}{Remark(stored, now)}");
                break;
        }
    }

    private bool Agree(JsonValue stored, JsonValue now) => (stored.GetValueKind(), now.GetValueKind()) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => stored.ToJsonString() == now.ToJsonString() || text.Agree(Number(stored), Number(now)),
        (JsonValueKind.String, JsonValueKind.String) => AgreeAsText(stored.GetValue<string>(), now.GetValue<string>()),
        var (a, b) => a == b,
    };

    private bool AgreeAsText(string stored, string now) => stored == now || text.Agree(text.Normalize(stored), text.Normalize(now));

    // A value made in memory may be of any numeric type; its JSON text is what both have in common.
    private static double Number(JsonValue value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    private static string Remark(JsonNode? stored, JsonNode? now) =>
        stored is JsonValue a && now is JsonValue b && a.GetValueKind() == JsonValueKind.Number && b.GetValueKind() == JsonValueKind.Number
            ? $" ({NumberText.Change(Number(a), Number(b))})"
            : "";

    private static string Short(JsonNode? node)
    {
        var json = node?.ToJsonString() ?? "null";
        return json.Length > 120 ? json[..120] + "…" : json;
    }
}
