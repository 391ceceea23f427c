using System.Text.Json;
using System.Text.Json.Nodes;
using CSharpKernel.Protocol;

namespace CSharpKernel.Magics;

/// <summary>Reads the cells of a notebook or script.</summary>
internal static class ImportedFile
{
    private static readonly string[] DibLanguages =
        ["csharp", "c#", "C#", "markdown", "html", "javascript", "js", "meta", "fsharp", "f#", "F#", "pwsh", "powershell", "sql", "mermaid", "http", "value", "sh", "bash", "kql"];

    /// <summary>Reads a file by its extension.</summary>
    /// <exception cref="MagicException">The file is of no kind that can be imported, or is damaged.</exception>
    public static async Task<IReadOnlyList<(bool IsMarkdown, string Text)>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(path, cancellationToken);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".ipynb" => ReadNotebook(text, path),
            ".dib" => ReadDib(text),
            ".cs" or ".csx" => [(false, SkipShebang(text))],
            var other => throw new MagicException($"#!import reads .ipynb, .dib, .cs and .csx files, not {other}: {path}"),
        };
    }

    private static List<(bool IsMarkdown, string Text)> ReadNotebook(string text, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.GetProperty("cells").EnumerateArray()
                .Select(cell => (Kind: cell.GetProperty("cell_type").GetString(), Source: MagicRegistry.In(ReadLanguage(cell), ReadSource(cell.GetProperty("source")))))
                .Where(cell => cell.Kind is "code" or "markdown")
                .Select(cell => (cell.Kind == "markdown", cell.Source))];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new MagicException($"{path} is no Jupyter notebook of format 4: {e.Message}");
        }
    }

    private static string ReadLanguage(JsonElement cell) =>
        cell.TryGetProperty("metadata", out var metadata) && cell.GetProperty("cell_type").ValueEquals("code") && JsonNode.Parse(metadata.GetRawText()) is JsonObject read ? CellLanguage.Of(read) : "";

    // The notebook format allows both one text and a list of lines.
    private static string ReadSource(JsonElement source) =>
        source.ValueKind == JsonValueKind.Array ? string.Concat(source.EnumerateArray().Select(line => line.GetString())) : source.GetString() ?? "";

    private static List<(bool IsMarkdown, string Text)> ReadDib(string text)
    {
        var cells = new List<(string Language, List<string> Lines)> { ("csharp", []) };
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith("#!", StringComparison.Ordinal) && DibLanguages.Contains(line[2..].Trim()))
                cells.Add((line[2..].Trim(), []));
            else
                cells[^1].Lines.Add(line);
        }

        return [.. cells
            .Where(cell => cell.Language != "meta")
            .Select(cell => (cell.Language, Text: string.Join('\n', cell.Lines).Trim('\n')))
            .Where(cell => cell.Text.Trim().Length > 0)
            .Select(cell => (cell.Language == "markdown", cell.Language == "markdown" ? cell.Text : $"#!{cell.Language}\n{cell.Text}"))];
    }

    private static string SkipShebang(string text) => text.StartsWith("#!/", StringComparison.Ordinal) ? "//" + text : text;
}
