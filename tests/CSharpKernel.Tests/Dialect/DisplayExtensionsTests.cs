namespace CSharpKernel.Tests.Dialect;

public sealed class DisplayExtensionsTests : IDisposable
{
    private readonly Notebook _notebook = new();

    [Theory]
    [InlineData("\"**x**\".DisplayAs(\"text/markdown\")", "text/markdown", "**x**")]
    [InlineData("\"<svg/>\".DisplayAs(\"image/svg+xml\")", "image/svg+xml", "<svg/>")]
    [InlineData("\"<b>x</b>\".DisplayAs(\"text/html\")", "text/html", "<b>x</b>")]
    [InlineData("display(\"**x**\", \"text/markdown\")", "text/markdown", "**x**")]
    [InlineData("display(\"<b>\", \"text/html\")", "text/html", "<div class=\"dni-plaintext\"><pre>&lt;b&gt;</pre></div>")]
    [InlineData("\"iVBORw0KGgo=\".DisplayAs(\"image/png\")", "image/png", "iVBORw0KGgo=")]
    public async Task Text_is_sent_under_the_MIME_type_that_is_asked_for(string code, string mimeType, string content)
    {
        var shown = (await _notebook.RunWellAsync(code + ";")).Displays.Single().Data!;
        Assert.Equal((mimeType, content), (Assert.Single(shown).Key, (string)shown[mimeType]!));
    }

    [Fact]
    public async Task JSON_is_sent_as_JSON()
    {
        var shown = (await _notebook.RunWellAsync("display(new { A = 1 }, \"application/json\"); \"{\\\"B\\\":2}\".DisplayAs(\"application/json\"); display(1, \"application/json\");")).Displays;
        Assert.Equal(["""{"A":1}""", """{"B":2}""", "1"], shown.Select(each => each.Data!["application/json"]!.ToJsonString()));
    }

    [Fact]
    public async Task What_was_shown_as_it_is_is_also_replaced_as_it_is()
    {
        var shown = (await _notebook.RunWellAsync("var d = \"<b>1</b>\".DisplayAs(\"text/html\"); d.Update(\"<b>2</b>\");")).Displays;
        Assert.Equal("<b>2</b>", (string)shown[1].Data!["text/html"]!);
        Assert.Equal(shown[0].Name, shown[1].Name);
    }

    [Fact]
    public async Task A_table_has_a_column_per_property_and_CSV()
    {
        var shown = (await _notebook.RunWellAsync("new[] { new { A = 1, B = \"x,\\\"y\\\"\" }, new { A = 2, B = \"z\" } }.DisplayTable();")).Displays.Single().Data!;
        Assert.Equal("<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>x,&quot;y&quot;</td></tr><tr><td>2</td><td>z</td></tr></tbody></table>", (string)shown["text/html"]!);
        Assert.Equal("A,B\n1,\"x,\"\"y\"\"\"\n2,z\n", (string)shown["text/csv"]!);
        Assert.Equal("A  B\n-  -----\n1  x,\"y\"\n2  z", (string)shown["text/plain"]!);
    }

    [Fact]
    public async Task A_table_that_was_asked_for_shows_more_rows_than_a_list_does()
    {
        var html = (string)(await _notebook.RunWellAsync("Enumerable.Range(0, 1005).Select(n => new { N = n }).DisplayTable();")).Displays.Single().Data!["text/html"]!;
        Assert.Contains("<td>999</td>", html, StringComparison.Ordinal);
        Assert.Contains("… 5 more", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_as_data_follows_the_schema_of_tabular_data()
    {
        var shown = (await _notebook.RunWellAsync(
            """
            using Microsoft.DotNet.Interactive.Formatting; using Microsoft.DotNet.Interactive.Formatting.TabularData;
            var data = new[] { new { A = 1, B = "x" } }.ToTabularDataResource();
            display(data, "application/table-schema+json");
            data.ToJsonString().ToString()
            """));
        var json = shown.Displays.Single().Data!["application/table-schema+json"]!;
        Assert.Equal("""{"name":"A","type":"integer"}""", json["schema"]!["fields"]![0]!.ToJsonString());
        Assert.Equal("""[{"A":1,"B":"x"}]""", json["data"]!.ToJsonString());
        Assert.Contains("\"profile\": \"tabular-data-resource\"", shown.ResultText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_of_single_values_is_refused_in_words() =>
        Assert.Contains("single values", (await _notebook.RunAsync("new[] { 1 }.DisplayTable()")).Error.Value, StringComparison.Ordinal);

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("using Microsoft.DotNet.Interactive.Formatting;\n(LaTeXString)@\"\\frac{1}{2}\"", "\\frac{1}{2}")]
    [InlineData("using Microsoft.DotNet.Interactive.Jupyter.Formatting;\n(MathString)@\"x^2\"", "$$x^2$$")]
    public async Task Text_becomes_a_formula_by_a_cast(string code, string latex)
    {
        var cell = await _notebook.RunWellAsync(code);
        Assert.Equal(latex, (string)cell.Result["text/latex"]!);
        Assert.Equal(latex, cell.ResultText);
    }
}
