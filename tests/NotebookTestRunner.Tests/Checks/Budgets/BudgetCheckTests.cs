using System.Text.Json.Nodes;
using NotebookTestRunner.Checks.Budgets;
using NotebookTestRunner.Tests.Execution;
using ScriptedKernel;

namespace NotebookTestRunner.Tests.Checks.Budgets;

public sealed class BudgetCheckTests : RunningTest
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
        var result = await RunAsync("""{"notebook": {"seconds": 0.000001, "megabytes": 1}}""", null, "print one");

        Assert.Equal([Verdict.Passed], Verdicts(result));
        Assert.Equal(Verdict.Failed, result.Verdict);
        Assert.Equal(2, result.Findings.Count);
        Assert.Matches(@"^Took \d+\.\d\d s, and its budget is 0 s", result.Findings[0].Message);
    }

    [Theory]
    [InlineData("7", "must be a map")]
    [InlineData("""{"seconds": 1}""", "has no \"seconds\": there are cell and notebook")]
    [InlineData("""{"cell": {"second": 1}}""", "has no \"second\": there are seconds and megabytes")]
    [InlineData("""{"cell": {"seconds": "1"}}""", "must be a number above 0")]
    [InlineData("""{"cell": {"seconds": -1}}""", "must be a number above 0")]
    public async Task A_budget_that_is_not_understood_keeps_the_notebook_from_being_run(string budget, string reason) =>
        Assert.Contains(reason, (await Assert.ThrowsAsync<NotebookRunException>(() => RunAsync(budget, null, "print one"))).Message, StringComparison.Ordinal);

    private Task<NotebookResult> RunAsync(string budget, string? ofLastCell, params TestCell[] cells)
    {
        var json = (JsonObject)JsonNode.Parse(TestNotebook.Json(ScriptedKernelSpec.Name, cells))!;
        json["metadata"]!["notebook-test"] = new JsonObject { ["budget"] = JsonNode.Parse(budget) };
        if (ofLastCell is not null)
            json["cells"]!.AsArray()[^1]!["metadata"]!["notebook-test"] = new JsonObject { ["budget"] = JsonNode.Parse(ofLastCell) };
        return RunAsync(Options with { Mode = ComparisonMode.Lax, Checks = [new BudgetCheck()] }, Folder.Write("lesson.ipynb", json.ToJsonString()), Token);
    }
}
