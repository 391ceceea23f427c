namespace CSharpKernel.Tests.Widgets;

public sealed class OutputWidgetTests : IDisposable
{
    private readonly FrontEnd _page = new();

    public void Dispose() => _page.Dispose();

    [Fact]
    public async Task It_takes_what_code_prints_and_shows()
    {
        var cell = await _page.RunWellAsync("""
            var area = new CSharpKernel.Widgets.Output(); display(area);
            Console.WriteLine("before");
            using (area.Capture()) { Console.WriteLine("inside"); display(HTML("<b>bold</b>")); await Task.Yield(); Console.Error.WriteLine("error"); }
            Console.WriteLine("after");
            """);
        Assert.Equal("before\nafter\n", cell.Stdout);
        var outputs = _page.State(_page.Find("OutputModel"))["outputs"]!.AsArray();
        Assert.Equal(["stream", "display_data", "stream"], outputs.Select(output => (string?)output!["output_type"]));
        Assert.Equal("inside\n", (string?)outputs[0]!["text"]);
        Assert.Equal("<b>bold</b>", (string?)outputs[1]!["data"]!["text/html"]);
        Assert.Equal("inside\nbold\nerror", (string?)cell.Displays[^1].Data!["text/plain"]);
    }

    [Fact]
    public async Task It_can_be_filled_by_handlers_and_emptied()
    {
        var cell = await _page.RunWellAsync("var area = new CSharpKernel.Widgets.Output(); var button = new Button(); button.Clicked += () => { using (area.Capture()) Console.Write(\"click \"); }; display(new VBox(button, area));");
        await _page.EventAsync(_page.Find("ButtonModel"), "click");
        await _page.EventAsync(_page.Find("ButtonModel"), "click");
        Assert.Equal("", cell.Stdout);
        Assert.Equal("click click ", (string?)_page.State(_page.Find("OutputModel"))["outputs"]![0]!["text"]);
        await _page.RunWellAsync("area.Clear(); area.Append(7);");
        Assert.Equal("7", (string?)Assert.Single(_page.State(_page.Find("OutputModel"))["outputs"]!.AsArray())!["data"]!["text/plain"]);
    }
}
