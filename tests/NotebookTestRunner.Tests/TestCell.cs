using System.Text.Json.Nodes;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Tests;

/// <summary>A cell to put into a test's notebook, of code unless it says otherwise.</summary>
/// <param name="Source">Its text.</param>
/// <param name="Stored">Its stored outputs.</param>
internal sealed record TestCell(string Source, params CellOutput[] Stored)
{
    public string[] Tags { get; init; } = [];

    public string? Id { get; init; }

    public JsonObject? Metadata { get; init; }

    public int? ExecutionCount { get; init; }

    public bool IsMarkdown { get; init; }

    /// <summary>Files attached to a Markdown cell.</summary>
    public string[] Attachments { get; init; } = [];

    public static implicit operator TestCell(string source) => new(source);

    public static TestCell Markdown(string text) => new(text) { IsMarkdown = true };

    public static CellOutput Printed(string text) => new StreamOutput("stdout", text);

    public static CellOutput Displayed(string text, string mimeType = "text/plain") =>
        new DisplayDataOutput(new Dictionary<string, JsonNode?> { [mimeType] = text }, []);

    public static CellOutput Result(string text, int? executionCount = null) =>
        new ExecuteResultOutput(new Dictionary<string, JsonNode?> { ["text/plain"] = text }, [], executionCount);

    public JsonObject ToJson(int number)
    {
        var metadata = Metadata?.DeepClone() as JsonObject ?? [];
        if (Tags.Length > 0) metadata["tags"] = new JsonArray([.. Tags.Select(tag => (JsonNode)tag)]);
        var cell = new JsonObject
        {
            ["cell_type"] = IsMarkdown ? "markdown" : "code",
            ["id"] = Id ?? $"cell-{number}",
            ["metadata"] = metadata,
            ["source"] = Source,
        };
        if (IsMarkdown)
        {
            if (Attachments.Length > 0) cell.Insert(0, "attachments", new JsonObject(Attachments.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject { ["image/png"] = "AAAA" }))));
            return cell;
        }
        cell.Insert(1, "execution_count", ExecutionCount);
        cell.Insert(4, "outputs", new JsonArray([.. Stored.Select(output => output.ToJson())]));
        return cell;
    }
}
