using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookCorpus;

/// <summary>Writes a notebook of the corpus in nbformat 4.5, the same text every time.</summary>
internal static class NotebookText
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Dictionary<string, (string Title, string Language)> Languages = new()
    {
        ["python3"] = ("Python 3 (ipykernel)", "python"),
        [".net-csharp"] = (".NET (C#)", "C#"),
        ["cobol"] = ("COBOL", "cobol"),
    };

    public static string Of(CorpusNotebook notebook, bool marked)
    {
        if (notebook.Raw is { } raw)
            return raw;

        var count = 0;
        var cells = new JsonArray();
        foreach (var cell in notebook.Cells.Where(cell => marked || !cell.OnlyMarked))
            cells.Add((JsonNode)(cell.Md is not null ? Markdown(cell, cells.Count + 1, marked) : Code(cell, cells.Count + 1, ref count, marked)));

        var (title, language) = Languages[notebook.Kernel];
        var metadata = new JsonObject
        {
            ["kernelspec"] = new JsonObject { ["display_name"] = title, ["language"] = language, ["name"] = notebook.Kernel },
            ["language_info"] = new JsonObject { ["name"] = language },
            ["corpus"] = new JsonObject { [notebook.Defect is null ? "clean" : "defect"] = notebook.Defect ?? notebook.Hard, ["cell"] = notebook.Cell },
        };
        foreach (var (key, value) in marked ? notebook.MarkedMetadata : [])
            metadata[key] = Json(value);
        return new JsonObject { ["cells"] = cells, ["metadata"] = metadata, ["nbformat"] = 4, ["nbformat_minor"] = 5 }.ToJsonString(Format) + "\n";
    }

    private static JsonObject Markdown(CorpusCell cell, int number, bool marked) => new()
    {
        ["cell_type"] = "markdown",
        ["id"] = $"cell-{number}",
        ["metadata"] = Metadata(cell, marked),
        ["source"] = Lines(cell.Source(marked)),
    };

    private static JsonObject Code(CorpusCell cell, int number, ref int count, bool marked)
    {
        var executed = cell.Count == -1 ? ++count : cell.Count;
        return new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = executed,
            ["id"] = $"cell-{number}",
            ["metadata"] = Metadata(cell, marked),
            ["outputs"] = new JsonArray([.. cell.Shows.Select(output => (JsonNode)Output(output, executed))]),
            ["source"] = Lines(cell.Source(marked)),
        };
    }

    private static JsonObject Metadata(CorpusCell cell, bool marked)
    {
        string[] tags = [.. cell.Tags, .. marked ? cell.MarkedTags : []];
        return tags.Length == 0 ? [] : new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) };
    }

    private static JsonObject Output(CorpusOutput output, int? executed)
    {
        if ((output.Stdout ?? output.Stderr) is { } text)
            return new() { ["name"] = output.Stdout is null ? "stderr" : "stdout", ["output_type"] = "stream", ["text"] = Lines(text) };
        if (output.Error is { } error)
            return new() { ["ename"] = error, ["evalue"] = output.Value, ["output_type"] = "error", ["traceback"] = new JsonArray($"{error}: {output.Value}") };

        var data = new JsonObject();
        if (output.Json is { } json) data[output.Type!] = Json(json);
        if (output.Png is { } disc) data["image/png"] = Convert.ToBase64String(disc.Draw()) + "\n";
        if (output.Svg is { } svg) data["image/svg+xml"] = Lines(svg);
        if (output.Html is { } html) data["text/html"] = Lines(html);
        if ((output.Plain ?? output.Result) is { } plain) data["text/plain"] = Lines(plain);
        var display = new JsonObject { ["data"] = data };
        if (output.Last || output.Result is not null) display["execution_count"] = executed;
        display["metadata"] = new JsonObject();
        display["output_type"] = display.ContainsKey("execution_count") ? "execute_result" : "display_data";
        return display;
    }

    // As Jupyter stores texts: a list of lines with their ends.
    private static JsonArray Lines(string text)
    {
        var lines = text.Split('\n');
        return [.. lines.Select((line, i) => i < lines.Length - 1 ? line + "\n" : line).Where(line => line.Length > 0).Select(line => (JsonNode)line)];
    }

    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        IDictionary<object, object> members => new JsonObject(members.Select(member => KeyValuePair.Create((string)member.Key, Json(member.Value)))),
        IEnumerable<object> items => new JsonArray([.. items.Select(Json)]),
        _ => JsonSerializer.SerializeToNode(value, value.GetType()),
    };
}
