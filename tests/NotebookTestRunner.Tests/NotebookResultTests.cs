using NotebookTestRunner.Checks;

namespace NotebookTestRunner.Tests;

public sealed class NotebookResultTests
{
    [Theory]
    [InlineData("", Verdict.Passed)]
    [InlineData("Passed", Verdict.Passed)]
    [InlineData("Passed Failed", Verdict.Failed)]
    [InlineData("Failed NotRun", Verdict.Failed)]
    [InlineData("Passed NotRun", Verdict.NotRun)]
    [InlineData("Skipped NotRun", Verdict.NotRun)]
    [InlineData("Passed Skipped", Verdict.Passed)]
    [InlineData("Skipped Skipped", Verdict.Skipped)]
    public void The_cells_decide(string cells, Verdict verdict) => Assert.Equal(verdict, Of(cells).Verdict);

    [Fact]
    public void An_error_that_a_check_found_or_a_message_fails_the_notebook_and_a_warning_does_not()
    {
        var warning = new Finding("links", null, "look", FindingSeverity.Warning);

        Assert.Equal(Verdict.Failed, (Of("Passed") with { Findings = [warning, new Finding("links", null, "broken")] }).Verdict);
        Assert.Equal(Verdict.Passed, (Of("Passed") with { Findings = [warning] }).Verdict);
        Assert.Equal(Verdict.Failed, (Of("Passed") with { Message = "The kernel died." }).Verdict);
    }

    [Fact]
    public void A_run_that_was_stopped_is_not_run_unless_something_failed_before()
    {
        Assert.Equal(Verdict.NotRun, (Of("Passed") with { Cancelled = true }).Verdict);
        Assert.Equal(Verdict.NotRun, (Of("Passed") with { Cancelled = true, Message = "Stopped." }).Verdict);
        Assert.Equal(Verdict.Failed, (Of("Failed") with { Cancelled = true, Message = "Stopped." }).Verdict);
    }

    [Fact]
    public void Verdicts_are_counted_and_the_most_memory_is_told()
    {
        var result = Of("Passed Failed Passed");

        Assert.Equal((2, 1, 0), (result.Count(Verdict.Passed), result.Count(Verdict.Failed), result.Count(Verdict.NotRun)));
        Assert.Equal(3, result.PeakMemory);
        Assert.Null(Of("").PeakMemory);
    }

    [Fact]
    public void A_notebook_that_cannot_be_run_is_a_failed_one_with_its_whole_path()
    {
        var result = NotebookResult.FromError("lesson.ipynb", new NotebookRunException("It is torn."));

        Assert.Equal((Path.GetFullPath("lesson.ipynb"), "It is torn.", Verdict.Failed), (result.Path, result.Message, result.Verdict));
        Assert.Throws<ArgumentNullException>(() => NotebookResult.FromError("lesson.ipynb", null!));
    }

    private static NotebookResult Of(string cells) => new()
    {
        Path = "lesson.ipynb",
        Cells = [.. cells.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((verdict, i) => new CellResult { Number = i + 1, FirstLine = "", Verdict = Enum.Parse<Verdict>(verdict), PeakMemory = i == 0 ? null : i + 1 })],
    };
}
