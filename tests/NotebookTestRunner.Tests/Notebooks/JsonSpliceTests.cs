using System.Text.Json.Nodes;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Notebooks;

/// <summary>A changed notebook is written so that nothing else in the file changes.</summary>
public sealed class JsonSpliceTests
{
    [Theory]
    [InlineData("""{ "a" :1.50,"b":[ 1,2 ] }""", """{"a":1.5,"b":[1,2]}""", """{ "a" :1.50,"b":[ 1,2 ] }""")]
    [InlineData("""{ "a" :1.50,"b":[ 1,2 ] }""", """{"a":2,"b":[1,2]}""", """{ "a" :2,"b":[ 1,2 ] }""")]
    [InlineData("""{ "a" :1.50,"b":[ 1,2 ] }""", """{"a":1.5,"b":[1,3]}""", """{ "a" :1.50,"b":[ 1,3 ] }""")]
    [InlineData("""{"a": {"x": 1}}""", """{"a":{"x":1,"y":[true]}}""", """{"a": {"x": 1,"y": [true]}}""")]
    [InlineData("""{"a": {"x": 1}}""", """{"a":{"w":0,"x":1}}""", """{"a": {"w": 0,"x": 1}}""")]
    [InlineData("""{"a": {"x": 1, "z": {"q": 1}}}""", """{"a":{"x":2,"y":3,"z":{"q":1}}}""", """{"a": {"x": 2, "y": 3,"z": {"q": 1}}}""")]
    [InlineData("""{"a": {"x": 1}}""", """{"a":{}}""", """{"a": {}}""")]
    [InlineData("""{"a": {}}""", """{"a":{"x":null}}""", """{"a": {"x": null}}""")]
    [InlineData("""["\u00e9", "b"]""", """["é","c"]""", """["\u00e9", "c"]""")]
    [InlineData("""["é", "b"]""", """["é","ü"]""", """["é", "ü"]""")]
    [InlineData("""["\u00e9", "b"]""", """["é","ü"]""", """["\u00e9", "\u00fc"]""")]
    [InlineData("""["\\u00e9", "b"]""", """["\\u00e9","ü"]""", """["\\u00e9", "ü"]""")]
    [InlineData("""[1]""", """[1,2]""", """[1,2]""")]
    public void Only_what_says_something_else_is_written_anew(string text, string now, string expected) => Assert.Equal(expected, Splice(text, now));

    [Fact]
    public void What_is_new_is_laid_out_as_the_rest() =>
        Assert.Equal("{\r\n\t\"a\": {\r\n\t\t\"x\": [\r\n\t\t\t1\r\n\t\t],\r\n\t\t\"y\": 2\r\n\t}\r\n}\r\n", Splice("{\r\n\t\"a\": {\r\n\t\t\"x\": 1\r\n\t}\r\n}\r\n", """{"a":{"x":[1],"y":2}}"""));

    [Fact]
    public void A_notebook_laid_out_by_another_program_changes_only_in_its_output()
    {
        const string text = """
            {"nbformat": 4,   "nbformat_minor": 0, "metadata": {"colab": {"x": 1.50e0}},
              "cells": [
                {"cell_type": "code", "source": ["a\n", "b"], "metadata": {}, "execution_count": 7,
                   "outputs": [{"output_type": "stream", "name": "stdout", "text": "old\n"}, {"output_type": "execute_result", "execution_count": 7, "data": {"text/plain": ["x"]}, "metadata": {}}]},
                {"cell_type": "markdown", "source": "# Caf\u00e9", "metadata": {}}]}
            """;
        var notebook = Notebook.Parse(text, "lesson.ipynb");

        notebook.Cells[0].Outputs = [Printed("new é\n"), Result("x", 7)];

        Assert.Equal(text.Replace("\"old\\n\"", "\"new \\u00e9\\n\"", StringComparison.Ordinal), notebook.ToJson());
    }

    [Fact]
    public void An_output_takes_the_order_of_keys_of_the_one_in_its_place()
    {
        var notebook = Notebook.Parse("""{"nbformat":4,"metadata":{},"cells":[{"cell_type":"code","source":"x","outputs":[{"output_type":"display_data","metadata":{},"data":{"text/plain":"a","text/html":["b"]}}]}]}""", "lesson.ipynb");

        notebook.Cells[0].Outputs = [new DisplayDataOutput(new Dictionary<string, JsonNode?> { ["image/svg+xml"] = "<svg/>", ["text/html"] = "c", ["text/plain"] = "d" }, [])];

        Assert.Contains("""{"output_type":"display_data","metadata":{},"data":{"text/plain":"d","text/html":["c"],"image/svg+xml": ["<svg/>"]}}""", notebook.ToJson(), StringComparison.Ordinal);
    }

    private static string Splice(string text, string now) => JsonSplice.Apply(text, JsonNode.Parse(text)!, JsonNode.Parse(now)!, NotebookLayout.Of(text));
}
