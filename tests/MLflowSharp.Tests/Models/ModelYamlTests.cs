using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Models;

public sealed class ModelYamlTests
{
    [Fact]
    public void Maps_lists_and_plain_values_become_block_YAML()
    {
        var map = new JsonObject
        {
            ["name"] = "mlflow-env",
            ["nothing"] = null,
            ["size"] = 921,
            ["yes"] = true,
            ["list"] = new JsonArray("a", new JsonObject { ["pip"] = new JsonArray("numpy") }),
        };

        Assert.Equal("name: mlflow-env\nnothing: null\nsize: 921\n'yes': true\nlist:\n- a\n- pip:\n  - numpy\n", ModelYaml.Write(map));
    }

    [Theory]
    [InlineData("2026-11-24 05:06:07.123000")]
    [InlineData("59337e77")]
    [InlineData("1.5")]
    [InlineData("yes")]
    [InlineData("Null")]
    [InlineData("")]
    [InlineData("a: b")]
    [InlineData("- item")]
    [InlineData("#1")]
    public void Text_that_YAML_could_take_for_something_else_is_quoted(string text) =>
        Assert.Equal($"key: '{text}'\n", ModelYaml.Write(new JsonObject { ["key"] = text }));
}
