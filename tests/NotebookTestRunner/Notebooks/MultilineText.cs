using System.Text.Json.Nodes;

namespace NotebookTestRunner.Notebooks;

/// <summary>
/// nbformat's multiline strings: text stored as a list of lines that keep their ends, so that a notebook's diffs are readable.
/// See https://nbformat.readthedocs.io/en/latest/format_description.html (cell sources, stream text, MIME bundles).
/// </summary>
internal static class MultilineText
{
    /// <summary>Joins a list of lines, or takes a plain string as it is; null when the node is neither.</summary>
    public static string? TryJoin(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonArray lines when lines.All(line => line is JsonValue value && value.TryGetValue<string>(out _)) =>
            string.Concat(lines.Select(line => line!.GetValue<string>())),
        _ => null,
    };

    /// <summary>Splits as Jupyter's own writer does (Python's <c>str.splitlines(True)</c>), so that both write the same bytes.</summary>
    public static JsonArray Split(string text)
    {
        var lines = new JsonArray();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!EndsLine(text[i])) continue;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
            lines.Add((JsonNode)text[start..(i + 1)]);
            start = i + 1;
        }
        if (start < text.Length) lines.Add((JsonNode)text[start..]);
        return lines;
    }

    private static bool EndsLine(char c) =>
        c is '\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029';
}
