namespace CSharpKernel.Tests.Magics;

public sealed class MagicTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task Time_shows_how_long_the_cell_took_after_its_outputs()
    {
        var cell = await _notebook.RunWellAsync("#!time\nConsole.WriteLine(\"work\");\n1 + 1");
        Assert.Matches(@"^Wall time: \d+(\.\d+)?ms$", (string)cell.Shown[^1].Data!["text/plain"]!);
        Assert.Equal(["stdout", "result", "display"], cell.Shown.Select(shown => shown.Kind));
    }

    [Fact]
    public async Task Markdown_becomes_HTML_with_its_source_as_text()
    {
        var cell = await _notebook.RunWellAsync("#!markdown\n# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |");
        var shown = Assert.Single(cell.Displays).Data!;
        Assert.Contains(">Title</h1>", (string)shown["text/html"]!, StringComparison.Ordinal);
        Assert.Contains("<td>1</td>", (string)shown["text/html"]!, StringComparison.Ordinal);
        Assert.StartsWith("# Title", (string)shown["text/plain"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_is_shown_as_it_is()
    {
        var shown = Assert.Single((await _notebook.RunWellAsync("#!html\n<b>bold</b> &amp; more")).Displays).Data!;
        Assert.Equal(("<b>bold</b> &amp; more", "bold & more"), ((string)shown["text/html"]!, (string)shown["text/plain"]!));
    }

    [Fact]
    public async Task Javascript_is_sent_to_the_page()
    {
        var shown = Assert.Single((await _notebook.RunWellAsync("#!javascript\nalert(1)")).Displays).Data!;
        Assert.Equal("<script type=\"text/javascript\">alert(1)</script>", (string)shown["text/html"]!);
    }

    [Fact]
    public async Task Text_and_code_alternate_in_one_cell()
    {
        var cell = await _notebook.RunWellAsync("#!markdown\n*first*\n#!csharp\nvar x = 20;\n#!html\n<i>second</i>\n#!csharp\nx + 1");
        Assert.Equal(["display", "display", "result"], cell.Shown.Select(shown => shown.Kind));
        Assert.Equal("21", cell.ResultText);
    }

    [Fact]
    public async Task Who_lists_the_variables_and_whos_their_values()
    {
        await _notebook.RunWellAsync("var epochs = 10; var name = \"mnist\"; var epochs2 = new List<int> { 1 };");
        await _notebook.RunWellAsync("epochs = 11;");
        Assert.Equal("[ \"epochs\", \"epochs2\", \"name\" ]", Text(await _notebook.RunWellAsync("#!who")));
        var values = Text(await _notebook.RunWellAsync("#!whos"));
        Assert.Contains("11", values, StringComparison.Ordinal);
        Assert.Contains("List<int>", values, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lsmagic_lists_every_magic()
    {
        var text = Text(await _notebook.RunWellAsync("#!lsmagic"));
        Assert.All((string[])["#!time", "#!markdown", "#!html", "#!import", "#!whos", "#!about"], name => Assert.Contains(name, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task About_names_the_versions() =>
        Assert.Contains($".NET {Environment.Version.Major}", Text(await _notebook.RunWellAsync("#!about")), StringComparison.Ordinal);

    [Theory]
    [InlineData("#!tiem", "Unknown magic command '#!tiem'. Did you mean #!time? #!lsmagic lists all.")]
    [InlineData("#!fsharp\nlet x = 1", "This kernel runs C#, not #!fsharp.")]
    public async Task A_magic_that_is_none_is_refused_with_a_suggestion(string code, string message) =>
        Assert.StartsWith(message, (await _notebook.RunAsync(code)).Error.Value, StringComparison.Ordinal);

    private static string Text(Output cell) => (string)Assert.Single(cell.Displays).Data!["text/plain"]!;
}
