using System.Text.Json.Nodes;
using NotebookTestRunner.Checks.Contracts.Reading;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Notebooks;

/// <summary>One cell of a notebook, a view of its JSON: what is not set stays as it was read.</summary>
public sealed class NotebookCell
{
    private readonly JsonObject json;
    private string source;

    internal NotebookCell(JsonObject json, int number, CellKind kind, string source)
    {
        this.json = json;
        Number = number;
        Kind = kind;
        this.source = source;
    }

    /// <summary>A Markdown cell that stands in no notebook.</summary>
    internal static NotebookCell OfMarkdown(string text) => new([], 1, CellKind.Markdown, text);

    /// <summary>The cell's position in the notebook, from 1, counted over cells of every kind.</summary>
    public int Number { get; }

    /// <summary>What kind of cell it is.</summary>
    public CellKind Kind { get; }

    /// <summary>The text of the cell, its lines joined.</summary>
    public string Source
    {
        get => source;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value == source) return;
            source = value;
            json["source"] = json["source"] is JsonArray ? MultilineText.Split(value) : value;
            IsEdited = true;
        }
    }

    /// <summary>Whether its text was changed since it was read.</summary>
    public bool IsEdited { get; private set; }

    /// <summary>The cell's id (nbformat 4.5), or null in older notebooks.</summary>
    public string? Id => MultilineText.TryJoin(json["id"]);

    /// <summary>The tags in the cell's metadata; empty when there are none.</summary>
    public IReadOnlyList<string> Tags
    {
        get => json["metadata"] is JsonObject metadata && metadata["tags"] is JsonArray tags ? [.. tags.Select(MultilineText.TryJoin).OfType<string>()] : [];
        internal set
        {
            if (json["metadata"] is not JsonObject) json["metadata"] = new JsonObject();
            json["metadata"]!["tags"] = new JsonArray([.. value.Select(tag => (JsonNode)tag)]);
        }
    }

    /// <summary>
    /// The first line of the source that is neither blank nor a comment for the runner, trimmed; "(empty cell)" when there is
    /// none.
    /// </summary>
    public string FirstLine =>
        Source.Split('\n').Select(line => line.Trim())
            .FirstOrDefault(line => line.Length > 0 && !Execution.CellDirectives.IsDirective(line) && !ContractComments.Is(line)) ?? "(empty cell)";

    /// <summary>The cell's metadata as it was read; do not change it.</summary>
    public JsonObject Metadata => json["metadata"] as JsonObject ?? [];

    /// <summary>Whether there is nothing to execute: an empty source, or blanks only.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Source);

    /// <summary>The outputs as stored in the notebook; empty for cells that are not code.</summary>
    /// <exception cref="NotebookRunException">An output is not of nbformat 4.</exception>
    public IReadOnlyList<CellOutput> Outputs
    {
        get => json["outputs"] is JsonArray outputs
            ? [.. outputs.Select(output => CellOutput.FromJson(output, $"cell {Number}"))]
            : [];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            var before = json["outputs"] as JsonArray ?? [];
            Set("outputs", new JsonArray([.. value.Select((output, i) => OutputLikeness.Write(output, i < before.Count ? before[i] : null))]));
        }
    }

    /// <summary>The stored execution count, or null when the cell was never executed.</summary>
    public int? ExecutionCount
    {
        get => json["execution_count"] is JsonValue value && value.TryGetValue<int>(out var count) ? count : null;
        set => Set("execution_count", value is { } count ? JsonValue.Create(count) : null);
    }

    /// <summary>The bytes of a file attached to a Markdown cell, by its name, with its MIME type; null when there is none.</summary>
    public (string MimeType, string Base64)? Attachment(string name) =>
        json["attachments"] is JsonObject files && files[name] is JsonObject bundle && bundle.FirstOrDefault() is { Key: { } mimeType, Value: { } data }
        && MultilineText.TryJoin(data) is { } text
            ? (mimeType, text)
            : null;

    private void Set(string key, JsonNode? value)
    {
        if (json.ContainsKey(key)) json[key] = value;
        else json.Insert(json.TakeWhile(member => string.CompareOrdinal(member.Key, key) < 0).Count(), key, value);
    }
}
