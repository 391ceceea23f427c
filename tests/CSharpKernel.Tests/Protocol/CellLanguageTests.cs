using System.Text.Json.Nodes;
using CSharpKernel.Magics;
using CSharpKernel.Protocol;

namespace CSharpKernel.Tests.Protocol;

public sealed class CellLanguageTests(Notebook notebook) : IClassFixture<Notebook>
{
    [Theory]
    [InlineData("""{"dotnet_interactive": {"language": "html"}}""", "<b>x</b>", "<b>x</b>")]
    [InlineData("""{"polyglot_notebook": {"kernelName": "html"}}""", "<b>x</b>", "<b>x</b>")]
    [InlineData("""{"dotnet_interactive": {"language": "markdown"}, "polyglot_notebook": {"kernelName": "csharp"}}""", "# x", "<h1 id=\"x\">x</h1>\n")]
    public async Task A_cell_runs_in_the_language_of_its_metadata(string metadata, string code, string html)
    {
        var cell = await notebook.RunWellAsync(MagicRegistry.In(CellLanguage.Of(JsonNode.Parse(metadata)!.AsObject()), code));
        Assert.Equal(html, (string)Assert.Single(cell.Displays).Data!["text/html"]!);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"dotnet_interactive": {"language": "csharp"}}""")]
    [InlineData("""{"dotnet_interactive": null, "polyglot_notebook": {"kernelName": 3}}""")]
    public async Task A_cell_of_no_other_language_runs_as_CSharp(string metadata) =>
        Assert.Equal("2", (await notebook.RunWellAsync(MagicRegistry.In(CellLanguage.Of(JsonNode.Parse(metadata)!.AsObject()), "1 + 1"))).ResultText);
}
