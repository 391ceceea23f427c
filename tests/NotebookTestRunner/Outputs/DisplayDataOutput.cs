using System.Text.Json.Nodes;

namespace NotebookTestRunner.Outputs;

/// <summary>Something a cell displayed (<c>display_data</c>).</summary>
/// <param name="Data">From MIME type to content.</param>
/// <param name="Metadata">Metadata per MIME type.</param>
public sealed record DisplayDataOutput(IReadOnlyDictionary<string, JsonNode?> Data, JsonObject Metadata) : DisplayOutput(Data, Metadata)
{
    /// <inheritdoc/>
    public override JsonObject ToJson() => new()
    {
        ["data"] = DataToJson(),
        ["metadata"] = Metadata.DeepClone(),
        ["output_type"] = "display_data",
    };
}
