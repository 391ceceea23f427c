using System.Text.Json.Nodes;

namespace NotebookTestRunner.Outputs;

/// <summary>The value of a cell's last expression (<c>execute_result</c>).</summary>
/// <param name="Data">From MIME type to content.</param>
/// <param name="Metadata">Metadata per MIME type.</param>
/// <param name="ExecutionCount">The number beside the output, or null.</param>
public sealed record ExecuteResultOutput(IReadOnlyDictionary<string, JsonNode?> Data, JsonObject Metadata, int? ExecutionCount) : DisplayOutput(Data, Metadata)
{
    /// <inheritdoc/>
    public override JsonObject ToJson() => new()
    {
        ["data"] = DataToJson(),
        ["execution_count"] = ExecutionCount,
        ["metadata"] = Metadata.DeepClone(),
        ["output_type"] = "execute_result",
    };
}
