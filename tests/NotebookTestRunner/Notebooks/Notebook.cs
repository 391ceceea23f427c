using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookTestRunner.Notebooks;

/// <summary>
/// A Jupyter notebook of nbformat 4 (https://nbformat.readthedocs.io/en/latest/format_description.html). Everything that is not
/// set through <see cref="NotebookCell"/> is written back as it was read.
/// </summary>
public sealed class Notebook
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 512, AllowDuplicateProperties = false };

    private readonly JsonObject json;
    private readonly string text;

    private Notebook(JsonObject json, string text, IReadOnlyList<NotebookCell> cells)
    {
        this.json = json;
        this.text = text;
        Cells = cells;
    }

    /// <summary>The cells of every kind, in order.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>The cells to execute: code cells that are not blank.</summary>
    public IEnumerable<NotebookCell> CodeCells => Cells.Where(cell => cell.Kind == CellKind.Code && !cell.IsEmpty);

    /// <summary>The name of the kernelspec the notebook asks for, or null when it names none.</summary>
    public string? KernelName => Text("kernelspec", "name");

    /// <summary>The notebook's metadata as it was read; do not change it.</summary>
    public JsonObject Metadata => json["metadata"] as JsonObject ?? [];

    /// <summary>The language of the code cells, such as <c>C#</c>, or null when the notebook does not say.</summary>
    public string? Language => Text("language_info", "name") ?? Text("kernelspec", "language");

    /// <summary>How a comment begins in that language, as marks are written: <c>//</c>, <c>#</c> or <c>--</c>.</summary>
    internal string CommentStart => Language?.ToUpperInvariant() switch
    {
        "PYTHON" or "R" or "JULIA" or "BASH" or "SH" or "RUBY" or "PERL" or "POWERSHELL" or "PWSH" => "#",
        "SQL" or "HASKELL" or "LUA" => "--",
        _ => "//",
    };

    /// <summary>Reads a notebook file.</summary>
    /// <exception cref="NotebookRunException">The file cannot be read, is not JSON, or is no notebook of nbformat 4.</exception>
    public static async Task<Notebook> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NotebookRunException(
                error is FileNotFoundException or DirectoryNotFoundException
                    ? new FileInfo(path).LinkTarget is { } target ? $"The notebook {path} is a link to {target}, which is not there: mend the link, or restore the file." : $"There is no notebook at {path}: check the path and its spelling."
                : Directory.Exists(path) ? $"{path} is a folder, not a notebook: name a file in it."
                : error is UnauthorizedAccessException ? $"The notebook {path} cannot be read, as you have no permission to: check who owns it and its mode."
                : $"The notebook {path} cannot be read: {error.Message}", error);
        }
        return Parse(bytes, path);
    }

    /// <summary>Reads a notebook from the bytes of its file.</summary>
    /// <param name="bytes">UTF-8 text.</param>
    /// <param name="name">What to call the notebook in errors, usually its path.</param>
    /// <exception cref="NotebookRunException">The bytes are not UTF-8 text, not JSON, or no notebook of nbformat 4.</exception>
    public static Notebook Parse(byte[] bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Parse(Decode(bytes, name), name);
    }

    /// <summary>Reads a notebook file.</summary>
    /// <exception cref="NotebookRunException">The file cannot be read, is not JSON, or is no notebook of nbformat 4.</exception>
    public static Notebook Read(string path) => ReadAsync(path).GetAwaiter().GetResult();

    /// <summary>Reads a notebook from its JSON text.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="name">What to call the notebook in errors, usually its path.</param>
    /// <exception cref="NotebookRunException">The text is not JSON, or no notebook of nbformat 4.</exception>
    public static Notebook Parse(string text, string name)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(text, documentOptions: Strict);
        }
        catch (JsonException error)
        {
            throw new NotebookRunException(WhyNotJson(text, name, error), error);
        }
        if (root is not JsonObject json || json["nbformat"] is null)
            throw new NotebookRunException($"The file {name} is JSON but not a Jupyter notebook: it has no \"nbformat\"; give a file that Jupyter saved (.ipynb).");
        if (json["nbformat"] is not JsonValue version || !version.TryGetValue<int>(out var major) || major != 4)
        {
            var newer = json["nbformat"] is JsonValue given && given.TryGetValue<int>(out var number) && number > 4;
            throw new NotebookRunException($"The notebook {name} has nbformat {json["nbformat"]!.ToJsonString()}, and only 4 can be run: "
                + (newer ? "it was saved by a newer program; save it as nbformat 4 there." : "open it in a current Jupyter and save it again, or run `jupyter nbconvert --to notebook --nbformat 4`."));
        }
        if (json["cells"] is not JsonArray cells)
            throw new NotebookRunException($"The notebook {name} has no list of \"cells\": it is damaged; restore it from version control.");
        return new Notebook(json, text, [.. cells.Select((cell, index) => ReadCell(cell, index + 1, name))]);
    }

    /// <summary>Sets an entry of a section of the notebook's metadata.</summary>
    /// <returns>Whether that changes anything.</returns>
    internal bool SetMetadata(string section, string key, JsonNode value)
    {
        if (json["metadata"] is not JsonObject) json["metadata"] = new JsonObject();
        if (Metadata[section] is not JsonObject) Metadata[section] = new JsonObject();
        if (JsonNode.DeepEquals(Metadata[section]![key], value)) return false;
        Metadata[section]![key] = value;
        return true;
    }

    /// <summary>The notebook's JSON: what did not change in the very characters it was read in, the rest laid out likewise.</summary>
    public string ToJson() => Write(json);

    /// <summary>A copy in which other cells stand in the place of some.</summary>
    /// <param name="with">The cells that replace one, none of them to leave it out; null to keep it.</param>
    internal Notebook Replace(Func<NotebookCell, IEnumerable<JsonObject>?> with)
    {
        var copy = (JsonObject)json.DeepClone();
        var all = (JsonArray)copy["cells"]!;
        copy["cells"] = new JsonArray([.. Cells.SelectMany(cell => with(cell) ?? [(JsonObject)all[cell.Number - 1]!.DeepClone()])]);
        return Parse(copy.ToJsonString(), "copy");
    }

    /// <summary>A copy with some of the cells.</summary>
    internal Notebook Where(Func<NotebookCell, bool> keep)
    {
        var copy = (JsonObject)json.DeepClone();
        var all = (JsonArray)copy["cells"]!;
        foreach (var cell in Cells.Where(cell => !keep(cell)).Reverse()) all.RemoveAt(cell.Number - 1);
        return Parse(Write(copy), "copy");
    }

    /// <summary>An independent copy.</summary>
    public Notebook Clone() => Parse(ToJson(), "copy");

    /// <summary>
    /// Writes the notebook to a file. The file is replaced in one step: a full disk or a crash leaves the old one as it was.
    /// </summary>
    /// <exception cref="NotebookRunException">The file cannot be written.</exception>
    public Task WriteAsync(string path, CancellationToken cancellationToken = default) =>
        AtomicFile.WriteAsync(path, ToJson(), "notebook", cancellationToken);

    private static string Decode(byte[] bytes, string path)
    {
        try
        {
            var text = StrictUtf8.GetString(bytes);
            return text.StartsWith('\ufeff') ? text[1..] : text;
        }
        catch (DecoderFallbackException error)
        {
            throw new NotebookRunException(
                bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..]
                    ? $"The notebook {path} is UTF-16 text: save it as UTF-8, as Jupyter does."
                    : $"The notebook {path} is not UTF-8 text (at byte {error.Index}): save it as UTF-8, as Jupyter does.", error);
        }
    }

    private string Write(JsonObject now) => JsonSplice.Apply(text, JsonNode.Parse(text, documentOptions: Strict)!, now, NotebookLayout.Of(text));

    private static NotebookCell ReadCell(JsonNode? node, int number, string name)
    {
        if (node is not JsonObject cell)
            throw new NotebookRunException($"Cell {number} of the notebook {name} is not an object: the file is damaged; restore it from version control.");
        CellKind kind = MultilineText.TryJoin(cell["cell_type"]) switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            var other => throw new NotebookRunException($"Cell {number} of the notebook {name} has the type \"{other}\", which nbformat 4 does not know (code, markdown, raw)."),
        };
        return new NotebookCell(cell, number, kind, MultilineText.TryJoin(cell["source"])
            ?? throw new NotebookRunException($"Cell {number} of the notebook {name} has no \"source\" text: the file is damaged; restore it from version control."));
    }

    private static string WhyNotJson(string text, string name, JsonException error)
    {
        if (string.IsNullOrWhiteSpace(text)) return $"The notebook {name} is empty: restore it from version control.";
        // Text without a byte order mark, of which every second byte is zero.
        if (text.Contains('\0', StringComparison.Ordinal)) return $"The notebook {name} holds zero bytes: it is UTF-16 or damaged; save it as UTF-8, as Jupyter does.";
        var lines = text.Split('\n');
        if (Array.FindIndex(lines, line => line.StartsWith("<<<<<<< ", StringComparison.Ordinal) || line.StartsWith(">>>>>>> ", StringComparison.Ordinal)) is var marker and >= 0)
            return $"The notebook {name} is not JSON, as it holds merge-conflict markers (line {marker + 1}): choose a side, for example with `git checkout --ours` or nbdime, and save it.";
        var where = $"line {error.LineNumber + 1}, character {error.BytePositionInLine + 1}: {FirstSentence(error.Message)}";
        return error.LineNumber + 1 >= text.TrimEnd().AsSpan().Count('\n') + 1 && !text.TrimEnd().EndsWith('}')
            ? $"The notebook {name} is not JSON ({where}): it is truncated; restore it from version control."
            : $"The notebook {name} is not JSON ({where}): it is damaged; restore it from version control.";
    }

    private static string FirstSentence(string message) => message.Split(" LineNumber:", 2)[0].TrimEnd('.');

    private string? Text(string section, string key) =>
        Metadata[section] is JsonObject values ? MultilineText.TryJoin(values[key]) : null;
}
