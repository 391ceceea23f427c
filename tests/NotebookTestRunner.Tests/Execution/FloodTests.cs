using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Tests.Execution;

/// <summary>Kernels that say too much, and what is told of those that hang.</summary>
public sealed class FloodTests() : RunningTest(isHosted: false)
{
    private RunOptions Hanging => Options with { Mode = ComparisonMode.Lax, CellTimeout = TimeSpan.FromSeconds(0.5), InterruptGracePeriod = TimeSpan.FromSeconds(0.5) };

    [Fact]
    public async Task A_cell_that_floods_is_cut_with_a_note_fails_and_the_next_is_run()
    {
        var result = await RunAsync(Options with { OutputLimit = 100_000, Mode = ComparisonMode.Lax }, "flood 3000000", "print next");

        Assert.Equal([Verdict.Failed, Verdict.Passed], Verdicts(result));
        Assert.StartsWith("Showed more than 0.1 million characters; what came after them is cut.", result.Cells[0].Message, StringComparison.Ordinal);
        Assert.InRange(result.Cells[0].Outputs.OfType<StreamOutput>().Sum(output => output.Text.Length), 1, 110_000);
        Assert.Contains(result.Cells[0].Outputs, output => output is StreamOutput { Name: "stderr" } note && note.Text.Contains("cut here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_progress_display_that_is_replaced_is_no_flood()
    {
        var result = await RunAsync(Options with { OutputLimit = 100, Mode = ComparisonMode.Lax }, "show bar 0\n" + string.Join('\n', Enumerable.Range(1, 100).Select(i => $"update bar {i} of a hundred")));

        Assert.Equal(Verdict.Passed, result.Cells[0].Verdict);
    }

    [Fact]
    public async Task An_endless_line_on_the_kernels_own_output_fills_no_memory()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var result = await RunAsync(Options with { Mode = ComparisonMode.Lax }, "flood-stderr 50000000", "die 4 the end");

        Assert.Contains("exit code 4", result.Cells[1].Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20_000_000);
    }

    [Fact]
    public async Task What_the_kernel_says_when_interrupted_tells_where_it_was()
    {
        var result = await RunAsync(Options with { Mode = ComparisonMode.Lax, CellTimeout = TimeSpan.FromSeconds(0.5) }, "wait-in Train");

        Assert.Contains("Where it was:\nInterrupted: somebody lost patience\n  at Train", result.Cells[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kernel_of_dotnet_that_hangs_outside_of_cells_is_told_by_the_methods_of_its_threads()
    {
        var result = await RunAsync(Hanging, "hang");

        Assert.Contains("The stacks of its threads:\n  at ", result.Cells[0].Message, StringComparison.Ordinal);
        Assert.Contains("Program.", result.Cells[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kernel_that_gives_no_stacks_is_told_by_its_threads()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells the threads of another process.");

        var result = await RunAsync(Hanging with { EnvironmentVariables = new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0" } }, "hang");

        Assert.Contains("Its threads, as the system sees them:\n  ScriptedKernel", result.Cells[0].Message, StringComparison.Ordinal);
        Assert.Contains("s of processor time", result.Cells[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_memory_of_a_cell_and_of_what_it_started_is_told()
    {
        var result = await RunAsync(Options with { Mode = ComparisonMode.Lax }, "print small", "allocate 150");

        Assert.All(result.Cells, cell => Assert.NotNull(cell.PeakMemory));
        Assert.InRange(result.Cells[1].PeakMemory!.Value - result.Cells[0].PeakMemory!.Value, 100_000_000, 400_000_000);
        Assert.Equal(result.Cells[1].PeakMemory, result.PeakMemory);
    }
}
