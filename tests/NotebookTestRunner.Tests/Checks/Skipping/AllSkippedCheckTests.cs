using NotebookTestRunner.Tests.Execution;

namespace NotebookTestRunner.Tests.Checks.Skipping;

public sealed class AllSkippedCheckTests : RunningTest
{
    private static readonly TestCell Skipped = new("print one") { Tags = ["skip-execution"] };

    [Fact]
    public async Task A_notebook_of_which_nothing_is_executed_is_told_and_not_failed()
    {
        var result = await RunAsync(TestCell.Markdown("# Title"), Skipped, "# test: skip\nprint two");

        Assert.Equal(Verdict.Skipped, result.Verdict);
        var finding = Assert.Single(result.Findings);
        Assert.Equal("[all-skipped] Nothing of it is executed, so it tests nothing: all of its 2 code cells are marked to be skipped. Take a mark out, or leave the notebook out of the run.", finding.ToString());
        Assert.False(finding.IsError);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_strict_comparison_fails_it(bool asked)
    {
        if (!asked) Folder.Write("notebook-test.yml", "mode: strict");

        var result = await RunAsync(Options with { Mode = asked ? ComparisonMode.Strict : null }, Skipped);

        Assert.Equal(Verdict.Failed, result.Verdict);
        Assert.Contains("its only code cell is marked to be skipped", Assert.Single(result.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_which_something_is_executed_or_that_has_no_code_is_not_told()
    {
        Assert.Empty((await RunAsync(Skipped, new TestCell("print two", TestCell.Printed("two")))).Findings);
        Assert.Empty((await RunAsync(TestCell.Markdown("# Title"))).Findings);
    }

    [Fact]
    public async Task It_is_told_without_a_run_too() =>
        Assert.Single((await new NotebookRunner(Options).InspectAsync(Save(Skipped), Token)).Findings);
}
