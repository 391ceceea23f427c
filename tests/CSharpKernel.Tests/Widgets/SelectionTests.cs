using System.Text.Json.Nodes;

namespace CSharpKernel.Tests.Widgets;

public sealed class SelectionTests : IDisposable
{
    private readonly FrontEnd _page = new();

    public void Dispose() => _page.Dispose();

    [Theory]
    [InlineData("Dropdown")]
    [InlineData("Select")]
    [InlineData("RadioButtons")]
    [InlineData("ToggleButtons")]
    [InlineData("SelectionSlider")]
    public async Task The_reader_chooses_one_of_the_options(string kind)
    {
        var cell = await _page.RunWellAsync(
            $$"""record Optimizer(string Name, double Rate); var list = new {{kind}}<Optimizer>([new("Adam", 0.1), new("SGD", 0.2)], each => each.Name); list.Changed += each => Console.Write(each!.Rate); display(list);""");
        var id = _page.Find($"{kind}Model");
        Assert.Equal(("[\"Adam\",\"SGD\"]", 0), (_page.State(id)["_options_labels"]!.ToJsonString(), (int)_page.State(id)["index"]!));
        await _page.ChangeAsync(id, "index", 1);
        await _page.ChangeAsync(id, "index", 2);
        await _page.ChangeAsync(id, "index", -1);
        Assert.Equal("0.2", cell.Stdout);
        Assert.Equal("SGD", (await _page.RunWellAsync("list.Value!.Name")).ResultText);
        Assert.Equal("SGD", (string?)(await _page.RunWellAsync("display(list);")).Displays[0].Data!["text/plain"]);
    }

    [Fact]
    public async Task Nothing_can_be_chosen_where_nothing_is_offered()
    {
        await _page.RunWellAsync("var list = new Dropdown<int>(); display(list);");
        await _page.ChangeAsync(_page.Find("DropdownModel"), "index", 0);
        Assert.Equal("<null>", (await _page.RunWellAsync("list.Index")).ResultText);
        await _page.RunWellAsync("list.Options = [7, 8];");
        Assert.Equal(0, (int?)_page.State(_page.Find("DropdownModel"))["index"] ?? 0);
    }

    [Fact]
    public async Task The_reader_chooses_several_options()
    {
        var cell = await _page.RunWellAsync("var list = new SelectMultiple<string>(\"a\", \"b\", \"c\"); list.Changed += chosen => Console.WriteLine(string.Join(\"+\", chosen)); display(list); list.Value = [\"b\"];");
        var id = _page.Find("SelectMultipleModel");
        await _page.ChangeAsync(id, "index", new JsonArray(0, 2));
        await _page.ChangeAsync(id, "index", new JsonArray(0, 9));
        Assert.Equal("b\na+c\n", cell.Stdout);
        Assert.Equal("a, c", (await _page.RunWellAsync("list.ToString()")).ResultText);
    }
}
