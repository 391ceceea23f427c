using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookTestRunner.Notebooks;

/// <summary>
/// Writes JSON as Jupyter writes notebooks: indented by one space, text outside ASCII as it is, a final newline. Strings and
/// numbers that were read are written with the very characters they were read from.
/// </summary>
internal static class NotebookJson
{
    public static string Write(JsonNode root)
    {
        var json = new StringBuilder();
        Append(json, root, 0);
        return json.Append('\n').ToString();
    }

    /// <summary>A copy whose keys are in ordinal order at every level, as Jupyter sorts them when it saves.</summary>
    public static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static void Append(StringBuilder json, JsonNode? node, int depth)
    {
        switch (node)
        {
            case null:
                json.Append("null");
                break;
            case JsonObject members:
                AppendItems(json, '{', '}', depth, members, member =>
                {
                    AppendString(json, member.Key);
                    json.Append(": ");
                    Append(json, member.Value, depth + 1);
                });
                break;
            case JsonArray items:
                AppendItems(json, '[', ']', depth, items, item => Append(json, item, depth + 1));
                break;
            default:
                AppendValue(json, node.AsValue());
                break;
        }
    }

    private static void AppendItems<T>(StringBuilder json, char open, char close, int depth, ICollection<T> items, Action<T> append)
    {
        json.Append(open);
        var first = true;
        foreach (var item in items)
        {
            json.Append(first ? "\n" : ",\n").Append(' ', depth + 1);
            append(item);
            first = false;
        }
        if (!first) json.Append('\n').Append(' ', depth);
        json.Append(close);
    }

    private static void AppendValue(StringBuilder json, JsonValue value)
    {
        if (value.TryGetValue<JsonElement>(out var read)) json.Append(read.GetRawText());
        else if (value.TryGetValue<string>(out var text)) AppendString(json, text);
        else json.Append(value.ToJsonString());
    }

    private static void AppendString(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => json.Append(c),
            };
        }
        json.Append('"');
    }
}
