using NotebookTestRunner.Selection;
using NotebookTestRunner.Tests.Execution;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Selection;

public sealed class CellSelectionTests : RunningTest
{
    [Theory]
    [InlineData("7", new[] { 7 })]
    [InlineData("2,5", new[] { 2, 5 })]
    [InlineData("3-6, 1", new[] { 1, 3, 4, 5, 6 })]
    public void Numbers_are_read(string text, int[] numbers) => Assert.Equal(numbers, CellSelection.ReadNumbers(text));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("six")]
    [InlineData("5-3")]
    [InlineData("1-2-3")]
    [InlineData("-1")]
    [InlineData("1-999999999")]
    public void What_names_no_cells_is_refused(string text) =>
        Assert.Contains("names no cells", Assert.Throws<NotebookRunException>(() => CellSelection.ReadNumbers(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("TRAIN(", "var x = Train(3);", true)]
    [InlineData("train(", "var x = Test(3);", false)]
    [InlineData("/^var y/", "var x = 1;\nvar y = 2;", true)]
    [InlineData("/^VAR y/", "var y = 2;", false)]
    [InlineData("/^VAR y/i", "var y = 2;", true)]
    [InlineData("lesson", "1", true)]
    [InlineData("/", "a / b", true)]
    [InlineData("a.b", "axb", false)]
    public void A_filter_is_text_or_a_regular_expression_between_slashes(string filter, string source, bool selected)
    {
        var selection = new CellSelection { Filter = CellSelection.ReadFilter(filter) };

        Assert.Equal(selected, selection.Selects("/course/lesson.ipynb", TestNotebook.Of(source).Cells[0]));
    }

    [Fact]
    public void A_filter_that_is_no_regular_expression_is_refused() =>
        Assert.Contains("'/(/'", Assert.Throws<NotebookRunException>(() => CellSelection.ReadFilter("/(/")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task What_a_selected_cell_needs_is_executed_and_not_judged_and_the_rest_is_left()
    {
        var result = await RunAsync(
            Options with { Selection = new CellSelection { Cells = [3] } },
            new TestCell("print one", Printed("other")), new TestCell("print two"), new TestCell("print three", Printed("three")), "print four");

        Assert.Equal([Verdict.Skipped, Verdict.Skipped, Verdict.Passed, Verdict.Skipped], Verdicts(result));
        Assert.Equal([1, 2, 3, null], result.Cells.Select(cell => cell.ExecutionCount));
        Assert.Equal("Executed for the selected cells, not judged.", result.Cells[0].Message);
        Assert.Equal("Not selected.", result.Cells[3].Message);
        Assert.Equal(Verdict.Passed, result.Verdict);
    }

    [Fact]
    public async Task A_selected_cell_is_judged_as_ever()
    {
        var result = await RunAsync(Options with { Selection = new CellSelection { Tags = ["slow"] } }, "print one", new TestCell("print two", Printed("old")) { Tags = ["slow"] });

        Assert.Equal([Verdict.Skipped, Verdict.Failed], Verdicts(result));
    }

    [Fact]
    public async Task A_selected_cell_fails_when_one_before_it_fails()
    {
        var result = await RunAsync(Options with { Selection = new CellSelection { Cells = [3] } }, "fail Error late", "print two", "print three");

        Assert.Equal([Verdict.Failed, Verdict.NotRun, Verdict.Failed], Verdicts(result));
        Assert.StartsWith("Could not be judged, as cell 1, which comes before it, failed (fail Error late):\nError: late", result.Cells[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_selected_no_kernel_is_started()
    {
        InstallKernel("message", "--dies-at-start");

        var result = await RunAsync(Options with { Selection = new CellSelection { Cells = [9] } }, "print one");

        Assert.Equal(Verdict.Skipped, result.Verdict);
    }

    [Fact]
    public async Task An_update_stores_the_outputs_of_the_selected_cells_only()
    {
        var path = Save(new TestCell("print one", Printed("old")), new TestCell("print two", Printed("old")));

        var result = await RunAsync(Options with { Update = true, Selection = new CellSelection { Cells = [2] } }, path, Token);

        Assert.True(result.Updated);
        var stored = NotebookTestRunner.Notebooks.Notebook.Read(path);
        Assert.Equal([Printed("old")], stored.Cells[0].Outputs);
        Assert.Equal([Printed("two")], stored.Cells[1].Outputs);
        Assert.Equal(2, stored.Cells[1].ExecutionCount);
    }
}
