using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookTestRunner.Notebooks;

/// <summary>
/// Writes JSON as Jupyter writes notebooks, text outside ASCII as it is (or escaped, in a file that does so). Strings and numbers that were read are written with the
/// very characters they were read from.
/// </summary>
internal sealed class NotebookJson
{
    private readonly StringBuilder json = new();
    private readonly NotebookLayout layout;

    private NotebookJson(NotebookLayout layout) => this.layout = layout;

    /// <summary>A value as it stands at a depth of a document, without what is before and after it.</summary>
    public static string WriteValue(JsonNode? node, NotebookLayout layout, int depth)
    {
        var writer = new NotebookJson(layout);
        writer.Append(node, depth);
        return writer.json.ToString();
    }

    /// <summary>A member of an object as it stands at a depth of a document.</summary>
    public static string WriteMember(string key, JsonNode? value, NotebookLayout layout, int depth)
    {
        var writer = new NotebookJson(layout);
        writer.AppendString(key);
        writer.json.Append(": ");
        writer.Append(value, depth);
        return writer.json.ToString();
    }

    /// <summary>A copy whose keys are in ordinal order at every level, as Jupyter sorts them when it saves.</summary>
    public static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private void Append(JsonNode? node, int depth)
    {
        switch (node)
        {
            case null:
                json.Append("null");
                break;
            case JsonObject members:
                AppendItems('{', '}', depth, members, member =>
                {
                    AppendString(member.Key);
                    json.Append(": ");
                    Append(member.Value, depth + 1);
                });
                break;
            case JsonArray items:
                AppendItems('[', ']', depth, items, item => Append(item, depth + 1));
                break;
            default:
                AppendValue(node.AsValue());
                break;
        }
    }

    private void AppendItems<T>(char open, char close, int depth, ICollection<T> items, Action<T> append)
    {
        json.Append(open);
        var first = true;
        foreach (var item in items)
        {
            json.Append(first ? "" : ",");
            StartLine(depth + 1);
            append(item);
            first = false;
        }
        if (!first) StartLine(depth);
        json.Append(close);
    }

    private void StartLine(int depth) => json.Append(layout.StartOfLine(depth));

    private void AppendValue(JsonValue value)
    {
        if (value.TryGetValue<JsonElement>(out var read) && (!layout.Ascii || Ascii.IsValid(read.GetRawText()))) json.Append(read.GetRawText());
        else if (value.TryGetValue<string>(out var text)) AppendString(text);
        else json.Append(value.ToJsonString());
    }

    private void AppendString(string text)
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
                _ when c < ' ' || (layout.Ascii && c > '~') => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => json.Append(c),
            };
        }
        json.Append('"');
    }
}
