using CSharpKernel.Execution;

namespace CSharpKernel.Tests.Execution;

/// <summary>Cells of subshells run beside those of the main shell, on the same variables.</summary>
public sealed class SubshellTests : IDisposable
{
    private readonly Notebook _notebook = new();
    private readonly Shell _subshell = new();
    private int _number = 100;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _subshell.Dispose();
        _notebook.Dispose();
    }

    [Fact]
    public async Task A_subshells_cell_runs_while_a_cell_waits_and_lets_it_go_on()
    {
        var waiting = _notebook.RunWellAsync("var gate = new System.Threading.ManualResetEventSlim(); int seen = 1; System.Console.WriteLine(\"waits\"); gate.Wait(); seen");

        // Declared by the cell that still runs.
        while (true)
        {
            var output = await RunBesideAsync("seen = 42; gate.Set(); seen");
            if (output.Outcome.Error is null)
            {
                Assert.Equal("42", output.ResultText);
                break;
            }
        }

        Assert.Equal("42", (await waiting).ResultText);
    }

    [Fact]
    public async Task What_both_declare_at_the_same_time_is_there_afterwards()
    {
        var main = Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
                await _notebook.RunWellAsync($"var main{i} = {i}; await System.Threading.Tasks.Task.Delay(1);");
        }, Token);
        for (var i = 0; i < 10; i++)
            Assert.Null((await RunBesideAsync($"var beside{i} = {i};")).Outcome.Error);
        await main;

        var sum = string.Join(" + ", Enumerable.Range(0, 10).Select(i => $"main{i} + beside{i}"));
        Assert.Equal("90", (await _notebook.RunWellAsync(sum)).ResultText);
    }

    [Fact]
    public async Task Each_shell_keeps_its_own_ambient_values()
    {
        await _notebook.RunWellAsync("var flows = new System.Threading.AsyncLocal<string>(); flows.Value = \"main\";");
        await RunBesideAsync("flows.Value = \"beside\";");

        Assert.Equal("main", (await _notebook.RunWellAsync("flows.Value")).ResultText);
        Assert.Equal("beside", (await RunBesideAsync("flows.Value")).ResultText);
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_does_not_keep_others_from_being_compiled()
    {
        Assert.NotNull((await RunBesideAsync("nonsense nonsense")).Outcome.Error);
        Assert.Equal("2", (await _notebook.RunWellAsync("1 + 1")).ResultText);
    }

    [Fact]
    public async Task Each_prints_below_its_own_cell()
    {
        var outputs = await Task.WhenAll(
            _notebook.RunWellAsync("for (var i = 0; i < 50; i++) { System.Console.WriteLine(\"main\"); await System.Threading.Tasks.Task.Yield(); }"),
            RunBesideAsync("for (var i = 0; i < 50; i++) { System.Console.WriteLine(\"beside\"); await System.Threading.Tasks.Task.Yield(); }"));

        Assert.Equal(string.Concat(Enumerable.Repeat("main\n", 50)), outputs[0].Stdout);
        Assert.Equal(string.Concat(Enumerable.Repeat("beside\n", 50)), outputs[1].Stdout);
    }

    private async Task<Output> RunBesideAsync(string code)
    {
        var output = new Output();
        output.Outcome = await _notebook.Engine.ExecuteAsync(code, ++_number, output, Token, _subshell);
        return output;
    }
}
