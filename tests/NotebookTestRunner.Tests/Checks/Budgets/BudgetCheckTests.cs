using System.Text.Json.Nodes;
using NotebookTestRunner.Checks.Budgets;
using NotebookTestRunner.Tests.Execution;
using ScriptedKernel;

namespace NotebookTestRunner.Tests.Checks.Budgets;

public sealed class BudgetCheckTests() : RunningTest(isHosted: false)
{
    [Fact]
    public async Task A_cell_beyond_its_budget_fails_with_figures_and_the_others_pass()
    {
        var result = await RunAsync("""{"cell": {"megabytes": 100000, "seconds": 100}}""", """{"megabytes": 1}""", "print one", "print two");

        Assert.Equal([Verdict.Passed, Verdict.Failed], Verdicts(result));
        Assert.Matches(@"^\[budget\] Held \d+ MB of memory, and its budget is 1 MB", result.Cells[1].Message!);
    }

    [Fact]
    public async Task A_notebook_beyond_its_budget_fails_with_figures()
    {
        var result = await RunAsync("""{"notebook": {"seconds": 0.001, "megabytes": 1}}""", null, "print one");

        Assert.Equal([Verdict.Passed], Verdicts(result));
        Assert.Equal(Verdict.Failed, result.Verdict);
        Assert.Equal(2, result.Findings.Count);
        Assert.Matches(@"^Took \d+\.\d\d s, and its budget is 0 s", result.Findings[0].Message);
    }

    [Theory]
    [InlineData("7", "\"budget\" must be a map")]
    [InlineData("""{"seconds": 1}""", "no setting \"budget.seconds\"; Known here: cell, notebook")]
    [InlineData("""{"cell": {"second": 1}}""", "no setting \"budget.cell.second\"; did you mean \"seconds\"?")]
    [InlineData("""{"cell": {"seconds": "soon"}}""", "\"budget.cell.seconds\" must be a number of at least 0.001")]
    [InlineData("""{"cell": {"seconds": 0}}""", "\"budget.cell.seconds\" must be a number of at least 0.001")]
    public async Task A_budget_that_is_not_understood_keeps_the_notebook_from_being_run(string budget, string reason) =>
        Assert.Contains(reason, (await Assert.ThrowsAsync<NotebookRunException>(() => RunAsync(budget, null, "print one"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_folders_budget_holds_for_its_notebooks_and_the_nearer_one_wins_key_by_key()
    {
        Folder.Write("notebook-test.yml", "budget:\n  cell: {megabytes: 1, seconds: 100}\n  notebook: {megabytes: 1}\n");

        var result = await RunAsync("""{"cell": {"seconds": 90}, "notebook": {"megabytes": 100000}}""", """{"megabytes": 100000}""", "print one", "print two");

        Assert.Equal([Verdict.Failed, Verdict.Passed], Verdicts(result));
        Assert.Matches(@"^\[budget\] Held \d+ MB of memory, and its budget is 1 MB", result.Cells[0].Message!);
        Assert.Empty(result.Findings);
    }

    private Task<NotebookResult> RunAsync(string budget, string? ofLastCell, params TestCell[] cells)
    {
        var json = (JsonObject)JsonNode.Parse(TestNotebook.Json(ScriptedKernelSpec.Name, cells))!;
        json["metadata"]!["notebook-test"] = new JsonObject { ["budget"] = JsonNode.Parse(budget) };
        if (ofLastCell is not null)
            json["cells"]!.AsArray()[^1]!["metadata"]!["notebook-test"] = new JsonObject { ["budget"] = JsonNode.Parse(ofLastCell) };
        return RunAsync(Options with { Mode = ComparisonMode.Lax, Checks = [new BudgetCheck()] }, Folder.Write("lesson.ipynb", json.ToJsonString()), Token);
    }
}
