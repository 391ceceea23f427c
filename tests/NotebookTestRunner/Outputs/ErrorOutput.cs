using System.Text.Json.Nodes;

namespace NotebookTestRunner.Outputs;

/// <summary>The error a cell ended with.</summary>
/// <param name="Name">The error's type (<c>ename</c>).</param>
/// <param name="Value">The error's message (<c>evalue</c>).</param>
/// <param name="Traceback">The traceback's lines, which may hold ANSI colours.</param>
public sealed record ErrorOutput(string Name, string Value, IReadOnlyList<string> Traceback) : CellOutput
{
    /// <inheritdoc/>
    public override JsonObject ToJson() => new()
    {
        ["ename"] = Name,
        ["evalue"] = Value,
        ["output_type"] = "error",
        ["traceback"] = new JsonArray([.. Traceback.Select(line => (JsonNode)line)]),
    };
}
