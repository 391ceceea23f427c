using NotebookTestRunner.Events;
using ScriptedKernel;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Execution;

/// <summary>Cells that take too long, kernels that die, runs that are stopped.</summary>
public sealed class LimitTests() : RunningTest(isHosted: false)
{
    private RunOptions Short => Options with { CellTimeout = TimeSpan.FromSeconds(0.5), Mode = ComparisonMode.Lax };

    [Theory]
    [InlineData("message")]
    [InlineData("signal")]
    public async Task A_cell_that_takes_too_long_is_interrupted_and_the_next_is_not_run(string interruptMode)
    {
        Assert.SkipWhen(interruptMode == "signal" && ScriptedKernelSpec.WhyNoSignals is not null, ScriptedKernelSpec.WhyNoSignals ?? "");
        InstallKernel(interruptMode);

        var result = await RunAsync(Short, "print begun\nwait", "print next");

        Assert.Equal([Verdict.Failed, Verdict.NotRun], Verdicts(result));
        Assert.StartsWith("ran longer than 0.5 s; interrupted.", result.Cells[0].Message, StringComparison.Ordinal);
        Assert.Equal(Printed("begun"), result.Cells[0].Outputs[0]);
        Assert.Equal("Not run: cell 1 failed.", result.Cells[1].Message);
        Assert.Null(result.Message);
    }

    [Fact]
    public async Task After_an_interrupt_that_works_the_next_cell_is_run_when_the_run_says_so()
    {
        var result = await RunAsync(Short with { ContinueAfterError = true }, "wait", "print next");

        Assert.Equal([Verdict.Failed, Verdict.Passed], Verdicts(result));
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("deafen\nhang")]
    public async Task A_cell_that_does_not_give_in_loses_its_kernel(string cell)
    {
        var result = await RunAsync(Short with { ContinueAfterError = true, InterruptGracePeriod = TimeSpan.FromSeconds(0.5) }, "print begun\n" + cell, "print next");

        Assert.Equal([Verdict.Failed, Verdict.NotRun], Verdicts(result));
        Assert.StartsWith("ran longer than 0.5 s and did not give in to an interrupt within 0.5 s; its kernel was ended.", result.Cells[0].Message, StringComparison.Ordinal);
        Assert.Equal([Printed("begun")], result.Cells[0].Outputs);
        Assert.Equal("Not run: the kernel is gone since cell 1.", result.Cells[1].Message);
    }

    [Fact]
    public async Task A_kernel_that_ends_when_interrupted_is_lost_too()
    {
        var result = await RunAsync(Short with { ContinueAfterError = true }, "die-when-interrupted", "print next");

        Assert.Equal([Verdict.Failed, Verdict.NotRun], Verdicts(result));
        Assert.StartsWith("ran longer than 0.5 s; when interrupted, its kernel ended.", result.Cells[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cells_own_limit_wins_over_the_runs()
    {
        var result = await RunAsync(Options with { Mode = ComparisonMode.Lax }, "# test: timeout 0.3\nwait");

        Assert.StartsWith("ran longer than 0.3 s; interrupted.", result.Cells[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_notebooks_limit_ends_the_cell_that_is_running_and_the_rest_is_not_run()
    {
        var result = await RunAsync(
            Options with { NotebookTimeout = TimeSpan.FromSeconds(3), Mode = ComparisonMode.Lax, ContinueAfterError = true }, "print quick", "wait", "print next");

        Assert.Equal([Verdict.Passed, Verdict.Failed, Verdict.NotRun], Verdicts(result));
        Assert.StartsWith("was running when the notebook's limit of 3 s was reached; interrupted.", result.Cells[1].Message, StringComparison.Ordinal);
        Assert.Equal("Not run: the notebook's limit of 3 s was reached in cell 2.", result.Cells[2].Message);
    }

    [Fact]
    public async Task A_kernel_that_dies_is_reported_with_the_cell_and_its_last_words()
    {
        var result = await RunAsync(Options with { ContinueAfterError = true, Mode = ComparisonMode.Lax }, "print fine", "print so far\ndie 7 out of memory", "print next");

        Assert.Equal([Verdict.Passed, Verdict.Failed, Verdict.NotRun], Verdicts(result));
        Assert.Equal("The kernel scripted died with exit code 7 while it executed cell 2 (print so far). Its last words:\nout of memory", result.Cells[1].Message);
        Assert.Equal("The kernel scripted died with exit code 7 while it executed cell 2 (print so far).", result.Message);
        Assert.Equal("Not run: the kernel is gone since cell 2.", result.Cells[2].Message);
        Assert.Equal(Verdict.Failed, result.Verdict);
    }

    [Fact]
    public async Task A_stopped_run_interrupts_the_cell_and_returns_what_is_known()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var path = Save(new TestCell("print one", Printed("one")), new TestCell("print two\nwait"), new TestCell("print three"));
        var stopAtPrint = new StopAt(stop, step => step is CellPrinted { CellNumber: 2 });

        var result = await new NotebookRunner(Options).RunAsync(path, stopAtPrint, stop.Token);

        Assert.True(result.Cancelled);
        Assert.Equal([Verdict.Passed, Verdict.NotRun, Verdict.NotRun], Verdicts(result));
        Assert.Equal("was stopped; interrupted.", result.Cells[1].Message);
        Assert.Equal(Printed("two"), result.Cells[1].Outputs[0]);
        Assert.Equal(Verdict.NotRun, result.Verdict);
    }

    [Fact]
    public async Task A_run_stopped_when_all_cells_are_done_has_passed()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var result = await new NotebookRunner(Options).RunAsync(Save(new TestCell("print one", Printed("one"))), new StopAt(stop, step => step is CellFinished), stop.Token);

        Assert.False(result.Cancelled);
        Assert.Equal(Verdict.Passed, result.Verdict);
    }

    [Fact]
    public async Task A_run_stopped_before_its_start_starts_no_kernel_and_names_all_cells()
    {
        InstallKernel("message", "--never-answers");
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        var result = await RunAsync(Options, Save("print one", "print two"), stop.Token);

        Assert.True(result.Cancelled);
        Assert.Equal([Verdict.NotRun, Verdict.NotRun], Verdicts(result));
    }

    [Fact]
    public async Task A_run_stopped_while_its_kernel_starts_ends_at_once()
    {
        InstallKernel("message", "--never-answers");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        stop.CancelAfter(TimeSpan.FromSeconds(0.5));

        var result = await RunAsync(Options, Save("print one"), stop.Token);

        Assert.True(result.Cancelled);
        Assert.True(result.Duration < Options.StartupTimeout);
    }
}
