using System.Text.Json.Nodes;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Tests;

/// <summary>Makes notebooks.</summary>
internal static class TestNotebook
{
    public static string Json(string? kernel, params TestCell[] cells) => new JsonObject
    {
        ["cells"] = new JsonArray([.. cells.Select((cell, i) => cell.ToJson(i + 1))]),
        ["metadata"] = kernel is null ? new JsonObject() : new JsonObject
        {
            ["kernelspec"] = new JsonObject { ["display_name"] = "Scripted", ["language"] = "script", ["name"] = kernel },
        },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    }.ToJsonString();

    public static Notebook Of(params TestCell[] cells) => Notebook.Parse(Json("scripted", cells), "test.ipynb");
}
