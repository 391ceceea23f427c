using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Execution;

/// <summary>Storing the outputs of a run in the notebook.</summary>
public sealed class UpdateTests : RunningTest
{
    private RunOptions Update => Options with { Update = true };

    [Fact]
    public async Task Outputs_and_execution_counts_are_stored_and_the_notebook_then_passes()
    {
        var path = Save("print hello", new TestCell("result 42", Printed("old")) { ExecutionCount = 17 });

        var updated = await RunAsync(Update, path, Token);
        var stored = Notebook.Read(path);

        Assert.True(updated.Updated);
        Assert.Equal(Verdict.Passed, updated.Verdict);
        Assert.Equal([1, 2], stored.CodeCells.Select(cell => cell.ExecutionCount));
        Assert.Equal([Printed("hello")], stored.Cells[0].Outputs);
        Assert.Equal((2, "42"), stored.Cells[1].Outputs is [ExecuteResultOutput result] ? (result.ExecutionCount, result.Text("text/plain")) : default);
        Assert.Equal(Verdict.Passed, (await RunAsync(Options, path, Token)).Verdict);
    }

    [Fact]
    public async Task A_second_update_changes_no_byte()
    {
        var path = Save("print took 3.1 s at 12:30", "result 42", "show id text");
        await RunAsync(Update, path, Token);
        var before = await File.ReadAllBytesAsync(path, Token);

        var again = await RunAsync(Update, path, Token);

        Assert.False(again.Updated);
        Assert.Equal(before, await File.ReadAllBytesAsync(path, Token));
    }

    [Fact]
    public async Task Outputs_that_differ_only_in_what_is_masked_stay_as_stored()
    {
        var path = Save(
            new TestCell("print took 3.1 s", Printed("took 99 s")),
            new TestCell("# test: normalize run-name\nresult run bold-crane-112", Result("run shy-fox-7", executionCount: 40)),
            new TestCell("print new", Printed("old")));

        await RunAsync(Update, path, Token);

        var cells = Notebook.Read(path).Cells;
        Assert.Equal([Printed("took 99 s")], cells[0].Outputs);
        Assert.Equal((2, "run shy-fox-7"), cells[1].Outputs is [ExecuteResultOutput kept] ? (kept.ExecutionCount, kept.Text("text/plain")) : default);
        Assert.Equal([Printed("new")], cells[2].Outputs);
    }

    [Fact]
    public async Task A_duration_that_is_data_is_stored_anew()
    {
        var path = Save(new TestCell("print halves within 25.4 h", Printed("halves within 20.4 h")));

        Assert.NotEmpty((await RunAsync(Update, path, Token)).Cells[0].Differences);
        Assert.Equal([Printed("halves within 25.4 h")], Notebook.Read(path).Cells[0].Outputs);
    }

    [Fact]
    public async Task Tolerance_keeps_no_outdated_number()
    {
        var path = Save(new TestCell("# test: tolerance 0.5\nprint loss 0.11", Printed("loss 0.10")));

        await RunAsync(Update, path, Token);

        Assert.Equal([Printed("loss 0.11")], Notebook.Read(path).Cells[0].Outputs);
    }

    [Fact]
    public async Task A_picture_of_the_same_size_with_other_pixels_is_stored()
    {
        // The beginning of a GIF of one pixel, and one byte that makes the difference.
        var (before, now) = (Convert.ToBase64String([.. "GIF89a"u8, 1, 0, 1, 0, 7]), Convert.ToBase64String([.. "GIF89a"u8, 1, 0, 1, 0, 8]));
        var path = Save(new TestCell($"display image/gif {now}", Displayed(before, "image/gif")));

        await RunAsync(Update, path, Token);

        Assert.Equal(now, Assert.IsType<DisplayDataOutput>(Notebook.Read(path).Cells[0].Outputs[0]).Text("image/gif"));
    }

    [Fact]
    public async Task Outputs_in_another_order_or_with_another_traceback_are_stored()
    {
        var path = Save(
            new TestCell("print before\ndisplay text/html <b>x</b>", Displayed("<b>x</b>", "text/html"), Printed("before")),
            new TestCell("# test: raises\nfail Error late", new ErrorOutput("Error", "late", ["  at line 99"])));

        await RunAsync(Update, path, Token);

        var cells = Notebook.Read(path).Cells;
        Assert.IsType<StreamOutput>(cells[0].Outputs[0]);
        Assert.Equal("  at line 1", Assert.IsType<ErrorOutput>(cells[1].Outputs[0]).Traceback[^1]);
    }

    [Fact]
    public async Task Rewritten_lines_that_were_stored_with_every_state_are_stored_as_they_end()
    {
        var path = Save(new TestCell("print 1 %\\r99 %", Printed("1 %\r99 %")));

        await RunAsync(Update, path, Token);

        Assert.Equal([Printed("99 %")], Notebook.Read(path).Cells[0].Outputs);
    }

    [Fact]
    public async Task A_display_that_a_later_cell_updated_is_stored_as_it_ends()
    {
        var path = Save("show bar 0 %", "update bar 100 %");

        await RunAsync(Update, path, Token);

        Assert.Equal("100 %", Assert.IsType<DisplayDataOutput>(Assert.Single(Notebook.Read(path).Cells[0].Outputs)).Text("text/plain"));
    }

    [Theory]
    [InlineData("fail Error no")]
    [InlineData("die 1 no")]
    [InlineData("# test: timeout 0.3\nwait")]
    [InlineData("# test: raises\nprint fine")]
    public async Task Nothing_is_written_when_a_cell_fails(string failing)
    {
        InstallKernel("message");
        var path = Save("print hello", failing);
        var before = await File.ReadAllBytesAsync(path, Token);

        var result = await RunAsync(Update, path, Token);

        Assert.False(result.Updated);
        Assert.Equal(Verdict.Failed, result.Verdict);
        Assert.Equal(before, await File.ReadAllBytesAsync(path, Token));
    }

    [Fact]
    public async Task Skipped_cells_keep_outputs_and_counts()
    {
        var path = Save(new TestCell("# test: skip\nprint no", Printed("kept")) { ExecutionCount = 8 }, "print hello");

        await RunAsync(Update, path, Token);

        var cells = Notebook.Read(path).Cells;
        Assert.Equal([Printed("kept")], cells[0].Outputs);
        Assert.Equal(8, cells[0].ExecutionCount);
        Assert.Equal(1, cells[1].ExecutionCount);
    }

    [Fact]
    public async Task Everything_beside_outputs_and_counts_stays_as_it_was()
    {
        const string text = """
            {
              "cells": [
                {"cell_type": "markdown", "id": "a", "metadata": {"mine": [1.50, 1e3]}, "source": ["# Caf\u00e9\n", "text"]},
                {"cell_type": "code", "execution_count": null, "id": "b", "metadata": {"tags": ["x"]}, "outputs": [], "source": "print hello"}
              ],
              "metadata": {"kernelspec": {"display_name": "Any", "language": "script", "name": "scripted"}, "language_info": {"name": "other"}},
              "nbformat": 4,
              "nbformat_minor": 5
            }
            """;
        var path = Folder.Write("lesson.ipynb", text);

        await RunAsync(Update, path, Token);

        var written = await File.ReadAllTextAsync(path, Token);
        Assert.Contains("# Caf\\u00e9\\n", written, StringComparison.Ordinal);
        Assert.Contains("1.50", written, StringComparison.Ordinal);
        Assert.Contains("\"display_name\": \"Any\"", written, StringComparison.Ordinal);
        Assert.Contains("\n  \"cells\"", written, StringComparison.Ordinal);
        Assert.False(written.EndsWith('\n'));
    }

    [Fact]
    public async Task A_notebook_that_was_saved_meanwhile_is_left_alone()
    {
        var path = Save("print hello");
        var saveDuringRun = new AtPrint(() =>
        {
            File.AppendAllText(path, "\n");
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
        });

        var result = await new NotebookRunner(Update).RunAsync(path, saveDuringRun, Token);

        Assert.False(result.Updated);
        Assert.Equal(Verdict.Failed, result.Verdict);
        Assert.Contains("saved by somebody else while it ran", result.Message, StringComparison.Ordinal);
        Assert.Empty(Notebook.Read(path).Cells[0].Outputs);
    }

    private sealed class AtPrint(Action action) : IProgress<Events.RunEvent>
    {
        public void Report(Events.RunEvent value)
        {
            if (value is Events.CellPrinted) action();
        }
    }
}
