using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Values;

namespace MLflowSharp.Tables;

/// <summary>
/// Tables as pandas writes them with <c>to_json(orient="split", index=False)</c>: compact, slashes and everything but ASCII escaped. Numbers
/// keep all their digits, where pandas keeps ten.
/// </summary>
internal static class TableText
{
    public static byte[] Write(ArtifactTable table)
    {
        var text = new StringBuilder("{\"columns\":");
        Append(text, table.Columns);
        text.Append(",\"data\":");
        Append(text, table.Rows);
        return Encoding.ASCII.GetBytes(text.Append('}').ToString());
    }

    /// <exception cref="MlflowException">DATA_LOSS when it is not such a table.</exception>
    public static ArtifactTable Read(ReadOnlySpan<byte> json, string artifactFile)
    {
        try
        {
            if (JsonNode.Parse(json) is JsonObject table && table["columns"] is JsonArray names && table["data"] is JsonArray data)
            {
                string[] columns = [.. names.Select(name => name?.ToString() ?? "")];
                IReadOnlyList<object?>[] rows = [.. data.Select(row => (IReadOnlyList<object?>)(row is JsonArray cells && cells.Count == columns.Length ? [.. cells.Select(ObjectTree.Of)] : throw new JsonException("A row has another number of values than there are columns.")))];
                return new(columns, rows);
            }

            throw new JsonException("It has no columns and data.");
        }
        catch (JsonException error)
        {
            throw new MlflowException($"The artifact '{artifactFile}' is not a table that LogTable wrote: {error.Message} Log to another file.", ErrorCode.DataLoss, error);
        }
    }

    /// <summary>A JSON text as Python writes it: everything but ASCII escaped.</summary>
    public static string Quote(string text, bool escapeSlash = false)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '/' when escapeSlash => quoted.Append("\\/"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' or > '~' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null or double.NaN or double.PositiveInfinity or double.NegativeInfinity:
                text.Append("null");
                break;
            case string words:
                text.Append(Quote(words, escapeSlash: true));
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case double number:
                text.Append(PythonText.Of(number));
                break;
            case IReadOnlyDictionary<string, object?> members:
                AppendAll('{', members, member =>
                {
                    text.Append(Quote(member.Key, escapeSlash: true)).Append(':');
                    Append(text, member.Value);
                }, '}');
                break;
            case IEnumerable<object?> items:
                AppendAll('[', items, item => Append(text, item), ']');
                break;
            default:
                text.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
        }

        void AppendAll<T>(char open, IEnumerable<T> items, Action<T> append, char close)
        {
            text.Append(open);
            var isFirst = true;
            foreach (var item in items)
            {
                if (!isFirst)
                    text.Append(',');
                isFirst = false;
                append(item);
            }

            text.Append(close);
        }
    }
}
