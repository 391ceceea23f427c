using System.Text.Json.Nodes;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Outputs;

/// <summary>Something shown as a MIME bundle: the same thing in several forms, of which a front end takes its best.</summary>
/// <param name="Data">From MIME type to content: text (base64 for binary types), or JSON for JSON types.</param>
/// <param name="Metadata">Metadata per MIME type, such as an image's width.</param>
public abstract record DisplayOutput(IReadOnlyDictionary<string, JsonNode?> Data, JsonObject Metadata) : CellOutput
{
    /// <summary>The content under a MIME type as text, or null when there is none or it is not text.</summary>
    public string? Text(string mimeType) => Data.TryGetValue(mimeType, out var content) ? MultilineText.TryJoin(content) : null;

    internal static IReadOnlyDictionary<string, JsonNode?> ReadData(JsonNode? data) =>
        data is JsonObject bundle
            ? bundle.ToDictionary(
                entry => entry.Key,
                entry => IsJson(entry.Key) || MultilineText.TryJoin(entry.Value) is not { } text ? entry.Value?.DeepClone() : (JsonNode)text)
            : new Dictionary<string, JsonNode?>();

    /// <summary>The bundle as nbformat stores it: text types as lists of lines, the rest as it is.</summary>
    private protected JsonObject DataToJson() => new(Data.Select(entry => KeyValuePair.Create(entry.Key,
        !IsJson(entry.Key) && IsMultiline(entry.Key) && MultilineText.TryJoin(entry.Value) is { } text ? MultilineText.Split(text) : entry.Value?.DeepClone())));

    internal static bool IsJson(string mimeType) =>
        mimeType == "application/json" || (mimeType.StartsWith("application/", StringComparison.Ordinal) && mimeType.EndsWith("+json", StringComparison.Ordinal));

    private static bool IsMultiline(string mimeType) =>
        mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType is "application/javascript" or "image/svg+xml";
}
