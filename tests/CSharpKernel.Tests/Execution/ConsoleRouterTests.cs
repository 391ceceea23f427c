namespace CSharpKernel.Tests.Execution;

public sealed class ConsoleRouterTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task Output_and_errors_go_to_their_streams()
    {
        var cell = await _notebook.RunWellAsync("Console.Write(1); Console.WriteLine(\" ä✓😀\"); Console.Error.Write(\"err\"); Console.Out.WriteLine();");
        Assert.Equal(("1 ä✓😀\n\n", "err"), (cell.Stdout.ReplaceLineEndings("\n"), cell.Stderr));
    }

    [Fact]
    public async Task Two_notebooks_in_one_process_do_not_mix()
    {
        using var other = new Notebook();
        const string Print = "for (var i = 0; i < 50; i++) { Console.Write(\"NAME\"); await Task.Delay(1); }";
        var cells = await Task.WhenAll(
            _notebook.RunWellAsync(Print.Replace("NAME", "a", StringComparison.Ordinal)), other.RunWellAsync(Print.Replace("NAME", "b", StringComparison.Ordinal)));
        Assert.Equal((new string('a', 50), new string('b', 50)), (cells[0].Stdout, cells[1].Stdout));
    }

    [Fact]
    public async Task What_was_printed_before_an_error_is_shown_before_it()
    {
        var cell = await _notebook.RunAsync("Console.Write(\"before\"); throw new Exception(\"x\");");
        Assert.Equal(("before", "x"), (cell.Stdout, cell.Error.Value));
    }
}
