using NotebookTestRunner.Audits;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Events;
using NotebookTestRunner.Tests.Execution;

namespace NotebookTestRunner.Tests.Audits;

public sealed class DeterminismAuditTests() : RunningTest(isHosted: false)
{
    [Fact]
    public async Task Cells_that_show_the_same_twice_pass_whatever_is_stored()
    {
        var result = await AuditAsync("print one", new TestCell("print two", TestCell.Printed("something else")));

        Assert.Equal([Verdict.Passed, Verdict.Passed], Verdicts(result));
        Assert.All(result.Cells, cell => Assert.Empty(cell.Findings));
    }

    [Fact]
    public async Task A_cell_that_shows_something_else_the_second_time_fails_with_both()
    {
        var result = await AuditAsync("print same", "pid");

        Assert.Equal([Verdict.Passed, Verdict.Failed], Verdicts(result));
        Assert.Equal([Verdict.Passed, Verdict.Failed], Events.OfType<CellFinished>().Select(step => step.Cell.Verdict));
        Assert.Equal(Verdict.Failed, Assert.Single(Events.OfType<NotebookFinished>()).Result.Verdict);
        Assert.Single(Events.OfType<NotebookStarted>());
        Assert.Contains("Two runs in a row show different things", result.Cells[1].Message, StringComparison.Ordinal);
        Assert.Equal(DeterminismAudit.Name, Assert.Single(result.Cells[1].Findings).Check);
    }

    [Fact]
    public async Task What_a_mark_hides_is_named_as_a_warning()
    {
        var result = await AuditAsync("# test: normalize numbers\npid", "# test: ignore-output\npid");

        Assert.Equal([Verdict.Passed, Verdict.Passed], Verdicts(result));
        var warning = Assert.Single(result.Cells[0].Findings);
        Assert.Equal((FindingSeverity.Warning, "Two runs differ, and only numbers hides it."), (warning.Severity, warning.Message));
        Assert.Empty(result.Cells[1].Findings);
    }

    [Fact]
    public async Task A_notebook_that_fails_is_not_run_twice()
    {
        var result = await AuditAsync("fail Error no");

        Assert.Equal([Verdict.Failed], Verdicts(result));
        Assert.Equal("Error: no\n  at line 1", result.Cells[0].Message);
    }

    private Task<NotebookResult> AuditAsync(params TestCell[] cells) => new DeterminismAudit(Options).RunAsync(Save(cells), new Recorder(Events), Token);
}
