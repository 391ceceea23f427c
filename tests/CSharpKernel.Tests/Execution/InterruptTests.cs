namespace CSharpKernel.Tests.Execution;

public sealed class InterruptTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(100000);")]
    [InlineData("await Task.Delay(100000);")]
    [InlineData("Task.Delay(100000).Wait();")]
    [InlineData("foreach (var i in Enumerable.Range(0, 100000)) await Task.Delay(1);")]
    public async Task A_cell_can_be_interrupted_again_and_again_and_variables_stay(string endless)
    {
        await _notebook.RunWellAsync("var x = 1;");
        for (var round = 0; round < 3; round++)
        {
            var (cell, seconds) = await InterruptAsync($"x++; display(x); {endless}");
            Assert.Equal("OperationCanceledException", cell.Outcome.Error?.Name);
            Assert.InRange(seconds, 0, 5);
        }

        var after = await _notebook.RunWellAsync("x");
        Assert.Equal("4", after.ResultText);
    }

    private async Task<(Output Cell, double Seconds)> InterruptAsync(string code)
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = _notebook.RunAsync(code, new Output { OnShown = () => begun.TrySetResult() }, interrupt.Token);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var started = TimeProvider.System.GetTimestamp();
        await interrupt.CancelAsync();
        var cell = await running.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        return (cell, TimeProvider.System.GetElapsedTime(started).TotalSeconds);
    }
}
