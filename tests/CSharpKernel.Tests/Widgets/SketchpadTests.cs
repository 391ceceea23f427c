using System.Text.Json.Nodes;

namespace CSharpKernel.Tests.Widgets;

public sealed class SketchpadTests : IDisposable
{
    private const string Cell = """
        var pad = new Sketchpad(brush: 12, description: "Draw a digit");
        pad.Changed += drawing => Console.WriteLine($"drawn {drawing.Length > 0}");
        display(pad);
        """;

    private readonly FrontEnd _page = new();

    public void Dispose() => _page.Dispose();

    [Fact]
    public async Task What_the_canvas_sends_through_the_text_box_is_the_drawing()
    {
        var cell = await _page.RunWellAsync(Cell);

        await _page.ChangeAsync(_page.Find("TextareaModel"), "value", """{"width":280,"height":280,"brush":12,"strokes":[[[10,20],[30.5,40]]]}""");

        Assert.Equal("drawn True\n", cell.Stdout);
        Assert.Equal("""{"width":280,"height":280,"brush":12,"strokes":[[[10,20],[30.5,40]]]}""", await ValueAsync());
    }

    [Fact]
    public async Task A_simulated_reader_draws_on_the_box_that_is_called_as_it_is()
    {
        var cell = await _page.RunWellAsync(Cell);
        var box = _page.Find("VBoxModel");
        Assert.Equal("Draw a digit", (string?)_page.State(box)["description"]);

        await _page.ChangeAsync(box, "strokes", JsonNode.Parse("[[[1,2],[3,4]]]"));

        Assert.Equal("drawn True\n", cell.Stdout);
        Assert.Equal("""{"width":280,"height":280,"brush":12,"strokes":[[[1,2],[3,4]]]}""", await ValueAsync());
    }

    [Fact]
    public async Task The_page_gets_a_canvas_whose_script_finds_its_own_text_box_and_asks_nobody_else()
    {
        await _page.RunWellAsync(Cell);

        var html = (string?)_page.State(_page.Find("OutputModel"))["outputs"]![0]!["data"]!["text/html"];
        var box = (string?)_page.State(_page.Find("TextareaModel"))["_dom_classes"]![0];

        Assert.Contains("<canvas", html, StringComparison.Ordinal);
        Assert.Contains($".{box} textarea", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("import ", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_saved_notebook_shows_what_was_drawn()
    {
        await _page.RunWellAsync(Cell);
        await _page.ChangeAsync(_page.Find("VBoxModel"), "strokes", JsonNode.Parse("[[[1,2],[3,4]],[[5,6]]]"));

        var shown = (await _page.RunWellAsync("display(pad);")).Displays[^1].Data!;

        Assert.Contains("points=\"1,2 3,4\"", (string?)shown["text/html"], StringComparison.Ordinal);
        Assert.Equal("Draw a digit with 2 strokes", (string?)shown["text/plain"]);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("3")]
    [InlineData("""{"strokes": "none"}""")]
    [InlineData("""{"strokes": [[["a"]]]}""")]
    public async Task Whatever_a_page_sends_the_notebook_can_be_saved(string sent)
    {
        await _page.RunWellAsync(Cell);
        await _page.ChangeAsync(_page.Find("TextareaModel"), "value", sent);

        Assert.Equal("Draw a digit with 0 strokes", (string?)(await _page.RunWellAsync("display(pad);")).Displays[^1].Data!["text/plain"]);
    }

    private async Task<string> ValueAsync() => (await _page.RunWellAsync("Console.Write(pad.Value);")).Stdout;
}
