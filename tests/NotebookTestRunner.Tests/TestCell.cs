using System.Text.Json.Nodes;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Tests;

/// <summary>A code cell to put into a test's notebook.</summary>
/// <param name="Source">Its text.</param>
/// <param name="Stored">Its stored outputs.</param>
internal sealed record TestCell(string Source, params CellOutput[] Stored)
{
    public string[] Tags { get; init; } = [];

    public int? ExecutionCount { get; init; }

    public bool IsMarkdown { get; init; }

    /// <summary>Files attached to a Markdown cell.</summary>
    public string[] Attachments { get; init; } = [];

    public static implicit operator TestCell(string source) => new(source);

    public static CellOutput Printed(string text) => new StreamOutput("stdout", text);

    public static CellOutput Displayed(string text, string mimeType = "text/plain") =>
        new DisplayDataOutput(new Dictionary<string, JsonNode?> { [mimeType] = text }, []);

    public static CellOutput Result(string text, int? executionCount = null) =>
        new ExecuteResultOutput(new Dictionary<string, JsonNode?> { ["text/plain"] = text }, [], executionCount);

    public static TestCell Markdown(string text) => new(text) { IsMarkdown = true };

    public JsonObject ToJson(int number) => IsMarkdown ? new()
    {
        ["attachments"] = new JsonObject(Attachments.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject { ["image/png"] = "AAAA" }))),
        ["cell_type"] = "markdown",
        ["id"] = $"cell-{number}",
        ["metadata"] = new JsonObject(),
        ["source"] = Source,
    }
    : new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = ExecutionCount,
        ["id"] = $"cell-{number}",
        ["metadata"] = Tags.Length == 0 ? new JsonObject() : new JsonObject { ["tags"] = new JsonArray([.. Tags.Select(tag => (JsonNode)tag)]) },
        ["outputs"] = new JsonArray([.. Stored.Select(output => output.ToJson())]),
        ["source"] = Source,
    };
}
