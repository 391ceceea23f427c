using CSharpKernel.Completion;

namespace CSharpKernel.Tests.Completion;

public sealed class CodeAssistantTests : IDisposable
{
    private readonly Notebook _notebook = new();
    private readonly CodeAssistant _assistant;

    public CodeAssistantTests() => _assistant = new(_notebook.Engine);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("Console.Wri|", "Write", "WriteLine")]
    [InlineData("new List<int>().Whe|", "Where")]
    [InlineData("var text = \"a\"; text.Substr|", "Substring")]
    [InlineData("Math.Sqr| + 1", "Sqrt")]
    [InlineData("#!time\nConsole.ReadL|", "ReadLine")]
    [InlineData("#r \"nuget: Something\"\nConsole.ReadL|", "ReadLine")]
    public async Task Members_are_offered_at_the_cursor(string code, params string[] expected) => Assert.Equal(expected, await CompleteAsync(code));

    [Fact]
    public async Task Names_of_earlier_cells_are_offered()
    {
        await _notebook.RunWellAsync("var learningRate = 0.1; int Learn(int epochs) => epochs; record Layer(int Units);");
        Assert.Equal(["Learn", "learningRate"], (await CompleteAsync("lear|")).Order(StringComparer.Ordinal));
        await _notebook.RunWellAsync("var layer = new Layer(3);");
        Assert.Equal(["Units"], await CompleteAsync("layer.Uni|"));
        await _notebook.RunWellAsync("var layer = \"text\";");
        Assert.Equal(["Substring"], await CompleteAsync("layer.Substr|"));
    }

    [Fact]
    public async Task Magics_are_offered_at_the_start_of_a_line()
    {
        Assert.Equal(["#!markdown"], await CompleteAsync("#!mark|"));
        Assert.Contains("#!time", await CompleteAsync("#!|"));
        Assert.Empty(await CompleteAsync("#!markdown\nConsole.Wri|"));
    }

    [Fact]
    public async Task The_replaced_part_is_told()
    {
        var found = await _assistant.CompleteAsync("x = Console.Wri + 1", 15, Cancelled);
        Assert.Equal((12, 15), (found.Start, found.End));
    }

    [Theory]
    [InlineData("Console.Write|Line(1)", "Console.WriteLine", "Writes")]
    [InlineData("Math.Sq|rt(2)", "double Math.Sqrt(double d)", "square root")]
    public async Task What_the_cursor_is_on_is_explained(string code, params string[] expected)
    {
        var shown = await InspectAsync(code);
        Assert.All(expected, text => Assert.Contains(text, shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_variable_of_an_earlier_cell_is_explained()
    {
        await _notebook.RunWellAsync("var learningRate = 0.1;");
        Assert.Contains("double", await InspectAsync("learning|Rate"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("|")]
    [InlineData("nothing|known")]
    [InlineData("1 +| 2")]
    public async Task Nothing_is_said_about_nothing(string code)
    {
        var position = code.IndexOf('|', StringComparison.Ordinal);
        Assert.Null(await _assistant.InspectAsync(code.Remove(position, 1), position, Cancelled));
    }

    private async Task<IEnumerable<string>> CompleteAsync(string code)
    {
        var position = code.IndexOf('|', StringComparison.Ordinal);
        return (await _assistant.CompleteAsync(code.Remove(position, 1), position, Cancelled)).Matches.Select(match => match.Text);
    }

    private async Task<string> InspectAsync(string code)
    {
        var position = code.IndexOf('|', StringComparison.Ordinal);
        var found = await _assistant.InspectAsync(code.Remove(position, 1), position, Cancelled);
        return (string)Assert.IsAssignableFrom<CSharpKernel.Display.DisplayBundle>(found).Data["text/plain"];
    }
}
