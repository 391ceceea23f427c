using JupyterProtocol.Processes;
using NotebookTestRunner.Events;
using NotebookTestRunner.Outputs;
using NotebookTestRunner.Tests.Execution;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests;

public sealed class NotebookRunnerTests : RunningTest
{
    [Fact]
    public async Task Cells_that_show_what_is_stored_pass()
    {
        var result = await RunAsync(new TestCell("print hello\\n", Printed("hello\n")), new TestCell("result 42", Result("42")));

        Assert.Equal([Verdict.Passed, Verdict.Passed], Verdicts(result));
        Assert.Equal(Verdict.Passed, result.Verdict);
        Assert.Equal([1, 2], result.Cells.Select(cell => cell.ExecutionCount));
        Assert.All(result.Cells, cell => Assert.True(cell.Duration > TimeSpan.Zero));
        Assert.Equal("scripted", result.KernelName);
        Assert.False(result.Updated);
    }

    [Fact]
    public async Task A_cell_that_shows_something_else_fails_with_the_difference_and_the_next_is_executed()
    {
        var result = await RunAsync(new TestCell("print accuracy 0.91", Printed("accuracy 0.97")), new TestCell("print next", Printed("next")));

        Assert.Equal([Verdict.Failed, Verdict.Passed], Verdicts(result));
        Assert.Contains("- accuracy 0.97\n+ accuracy 0.91", result.Cells[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_fails_its_cell_and_those_after_it_are_not_run()
    {
        var result = await RunAsync("print one", "fail DivideByZeroException by zero", "print three");

        Assert.Equal([Verdict.Failed, Verdict.Failed, Verdict.NotRun], Verdicts(result));
        Assert.Equal("DivideByZeroException: by zero\n  at line 1", result.Cells[1].Message);
        Assert.Equal("Not run: cell 2 failed.", result.Cells[2].Message);
    }

    [Fact]
    public async Task A_kernel_that_cannot_encrypt_runs_nothing_where_that_is_required()
    {
        var refused = await Assert.ThrowsAsync<NotebookRunException>(() => RunAsync(Options with { Encryption = TransportEncryption.Required }, "print one"));

        Assert.Contains("supported_encryption", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cells_after_an_error_are_run_when_the_run_says_so()
    {
        var result = await RunAsync(Options with { ContinueAfterError = true, Mode = ComparisonMode.Lax }, "fail Error no", "print on");

        Assert.Equal([Verdict.Failed, Verdict.Passed], Verdicts(result));
    }

    [Fact]
    public async Task A_skipped_cell_keeps_its_outputs_and_is_not_executed()
    {
        var result = await RunAsync(new TestCell("die 1", Printed("kept")) { Tags = ["skip-execution"] }, new TestCell("# test: skip\ndie 1"), new TestCell("print on", Printed("on")));

        Assert.Equal([Verdict.Skipped, Verdict.Skipped, Verdict.Passed], Verdicts(result));
        Assert.Equal([Printed("kept")], result.Cells[0].Outputs);
        Assert.Equal(Verdict.Passed, result.Verdict);
    }

    [Fact]
    public async Task A_notebook_with_nothing_to_execute_needs_no_kernel()
    {
        var path = Folder.Write("text.ipynb", TestNotebook.Json(null, new TestCell("# test: skip"), new TestCell("  ")));

        var result = await RunAsync(Options, path, Token);

        Assert.Equal([Verdict.Skipped], Verdicts(result));
        Assert.Equal(Verdict.Skipped, result.Verdict);
    }

    [Fact]
    public async Task An_expected_error_passes_and_its_type_and_message_are_compared()
    {
        var stored = new ErrorOutput("My.KindOfException", "too late", []);

        var result = await RunAsync(
            new TestCell("# test: raises KindOfException\nfail My.KindOfException too late", stored),
            new TestCell("fail My.KindOfException too late", stored) { Tags = ["raises-exception"] },
            new TestCell("# test: raises\nfail My.KindOfException too early", stored),
            new TestCell("# test: raises OtherException\nfail My.KindOfException too late", stored),
            new TestCell("# test: raises OtherException\nprint fine", Printed("fine")));

        Assert.Equal([Verdict.Passed, Verdict.Passed, Verdict.Failed, Verdict.Failed, Verdict.Failed], Verdicts(result));
        Assert.Contains("+ My.KindOfException: too early", result.Cells[2].Message, StringComparison.Ordinal);
        Assert.StartsWith("Raised My.KindOfException where it says it raises OtherException.", result.Cells[3].Message, StringComparison.Ordinal);
        Assert.StartsWith("Raised nothing where it says it raises OtherException", result.Cells[4].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_says_how_closely_it_is_compared()
    {
        var result = await RunAsync(
            new TestCell("# test: ignore-output\nprint anything"),
            new TestCell("# test: tolerance 0.1\nprint loss 0.105", Printed("loss 0.1")),
            new TestCell("# test: tolerance 0.01\nprint loss 0.105", Printed("loss 0.1")),
            new TestCell("# test: normalize run-name\nprint run bold-crane-112", Printed("run shy-fox-7")),
            new TestCell("print took 12.5 s", Printed("took 3 s")));

        Assert.Equal([Verdict.Passed, Verdict.Passed, Verdict.Failed, Verdict.Passed, Verdict.Passed], Verdicts(result));
    }

    [Fact]
    public async Task Without_comparison_only_cells_that_ask_for_it_are_compared()
    {
        var result = await RunAsync(Options with { Mode = ComparisonMode.Lax }, "print new", "# test: check-output\nprint new");

        Assert.Equal([Verdict.Passed, Verdict.Failed], Verdicts(result));
    }

    [Fact]
    public async Task A_cell_that_asks_for_input_fails_with_the_kernels_own_error()
    {
        var result = await RunAsync("ask name");

        Assert.Equal([Verdict.Failed], Verdicts(result));
        Assert.Contains("takes no input", result.Cells[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_the_kernel_does_not_execute_fails()
    {
        var result = await RunAsync("abort");

        Assert.Contains("status \"aborted\"", result.Cells[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_display_is_judged_by_what_it_shows_at_the_end()
    {
        var result = await RunAsync(
            new TestCell("show bar 0 %", Displayed("100 %")),
            new TestCell("show other 1", Displayed("1")),
            new TestCell("update bar 100 %\nupdate other 2"));

        Assert.Equal([Verdict.Passed, Verdict.Failed, Verdict.Passed], Verdicts(result));
        var finished = Events.OfType<CellFinished>().Select(finish => (finish.Cell.Number, finish.Cell.Verdict));
        Assert.Equal([(2, Verdict.Passed), (3, Verdict.Passed), (1, Verdict.Passed), (2, Verdict.Failed)], finished);
    }

    [Fact]
    public async Task What_a_cell_prints_after_its_end_still_belongs_to_it()
    {
        var result = await RunAsync(new TestCell("print-later from before", Printed("from before")), new TestCell("print now", Printed("now")));

        Assert.Equal([Verdict.Passed, Verdict.Passed], Verdicts(result));
    }

    [Fact]
    public async Task Cleared_outputs_and_rewritten_lines_leave_their_last_state()
    {
        var result = await RunAsync(
            new TestCell("print one\nclear\nprint two", Printed("two")),
            new TestCell("print 10 %\\r\nprint 99 %\\r\nprint done", Printed("done")),
            new TestCell("print old\nclear wait\nprint new", Printed("new")));

        Assert.Equal([Verdict.Passed, Verdict.Passed, Verdict.Passed], Verdicts(result));
    }

    [Fact]
    public async Task Progress_tells_each_step_in_order()
    {
        await RunAsync(new TestCell("print a\nprint b", Printed("ab")), "# test: skip\nnothing", new TestCell("complain c", new StreamOutput("stderr", "c")));

        Assert.Equal(
            ["NotebookStarted scripted 3", "CellStarted 1 print a", "CellPrinted 1 a", "CellPrinted 1 b", "CellFinished 1 Passed", "CellFinished 2 Skipped",
             "CellStarted 3 complain c", "CellPrinted 3 c", "CellFinished 3 Passed", "NotebookFinished Passed"],
            Events.Select(step => step switch
            {
                NotebookStarted it => $"NotebookStarted {it.KernelName} {it.CodeCells}",
                CellStarted it => $"CellStarted {it.CellNumber} {it.FirstLine}",
                CellPrinted it => $"CellPrinted {it.CellNumber} {it.Text}",
                CellFinished it => $"CellFinished {it.Cell.Number} {it.Cell.Verdict}",
                NotebookFinished it => $"NotebookFinished {it.Result.Verdict}",
                _ => step.ToString(),
            }));
    }

    [Fact]
    public async Task The_kernel_works_in_the_notebooks_folder_with_the_given_variables()
    {
        InstallKernel("message");
        var result = await RunAsync(Options with { EnvironmentVariables = new Dictionary<string, string> { ["LESSON"] = "two" }, Mode = ComparisonMode.Lax }, "folder", "variable LESSON");

        // macOS's temporary folder lies behind a link, so only the end of the path is sure.
        Assert.EndsWith(Path.GetFileName(Folder.Path), Assert.IsType<StreamOutput>(Assert.Single(result.Cells[0].Outputs)).Text, StringComparison.Ordinal);
        Assert.Equal([Printed("two")], result.Cells[1].Outputs);
    }

    [Fact]
    public async Task The_connection_file_lies_where_the_run_says_and_is_gone_afterwards()
    {
        var runtime = Folder.File("runtime");

        await RunAsync(Options with { RuntimeDirectory = runtime }, "print hello");

        Assert.Empty(Directory.EnumerateFiles(runtime));
    }

    [Fact]
    public async Task The_result_holds_the_notebook_as_it_came_out_and_the_file_stays_as_it_was()
    {
        var path = Save(new TestCell("print new", Printed("old")));
        var before = await File.ReadAllBytesAsync(path, Token);

        var result = await RunAsync(Options, path, Token);

        Assert.Equal([Printed("new")], result.Notebook!.Cells[0].Outputs);
        Assert.Equal(1, result.Notebook.Cells[0].ExecutionCount);
        Assert.Equal(before, await File.ReadAllBytesAsync(path, Token));
    }
}
