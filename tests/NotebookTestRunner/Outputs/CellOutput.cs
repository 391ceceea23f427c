using System.Text.Json.Nodes;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Outputs;

/// <summary>One output of a code cell, in the four kinds of nbformat 4.</summary>
public abstract record CellOutput
{
    /// <summary>The output as nbformat stores it.</summary>
    public abstract JsonObject ToJson();

    internal static CellOutput FromJson(JsonNode? node, string where)
    {
        if (node is not JsonObject output)
            throw new NotebookRunException($"An output of {where} is not an object: the notebook is damaged; restore it from version control.");
        var metadata = output["metadata"] is JsonObject given ? (JsonObject)given.DeepClone() : [];
        return MultilineText.TryJoin(output["output_type"]) switch
        {
            "stream" => new StreamOutput(MultilineText.TryJoin(output["name"]) ?? "stdout", MultilineText.TryJoin(output["text"]) ?? ""),
            "display_data" => new DisplayDataOutput(DisplayOutput.ReadData(output["data"]), metadata),
            "execute_result" => new ExecuteResultOutput(DisplayOutput.ReadData(output["data"]), metadata,
                output["execution_count"] is JsonValue value && value.TryGetValue<int>(out var count) ? count : null),
            "error" => new ErrorOutput(MultilineText.TryJoin(output["ename"]) ?? "", MultilineText.TryJoin(output["evalue"]) ?? "",
                output["traceback"] is JsonArray lines ? [.. lines.Select(line => MultilineText.TryJoin(line) ?? "")] : []),
            var other => throw new NotebookRunException(
                $"An output of {where} has the type \"{other}\", which nbformat 4 does not know (stream, display_data, execute_result, error)."),
        };
    }
}
