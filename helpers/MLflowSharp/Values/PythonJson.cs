using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLflowSharp.Values;

/// <summary>
/// JSON as Python's <c>json.dumps(value, ensure_ascii=False)</c> writes it, with a space after commas and colons: MLflow searches such texts by pattern, so what we
/// store has to look the same.
/// </summary>
internal static class PythonJson
{
    /// <summary>Writes a value.</summary>
    public static string Write(JsonNode? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    /// <summary>Writes a text, in quotes.</summary>
    public static string Write(string value)
    {
        var text = new StringBuilder(value.Length + 2);
        Append(text, value);
        return text.ToString();
    }

    /// <summary>A number as a value that is written as Python writes it: 2 as 2.0. What is no number is a text, as JSON has no word for it.</summary>
    public static JsonNode Number(double value) => double.IsFinite(value)
        ? JsonNode.Parse(PythonText.Of(value))!
        : JsonValue.Create(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");

    private static void Append(StringBuilder text, JsonNode? value)
    {
        var first = true;
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                text.Append('{');
                foreach (var (key, member) in members)
                {
                    Separate(text, ref first);
                    Append(text, key);
                    text.Append(": ");
                    Append(text, member);
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                foreach (var item in items)
                {
                    Separate(text, ref first);
                    Append(text, item);
                }

                text.Append(']');
                break;
            case JsonValue when value.GetValueKind() == JsonValueKind.String:
                Append(text, value.GetValue<string>());
                break;
            default:
                text.Append(value.ToJsonString());
                break;
        }
    }

    private static void Separate(StringBuilder text, ref bool first)
    {
        if (!first)
            text.Append(", ");
        first = false;
    }

    private static void Append(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
