using System.Text.Json.Nodes;
using JupyterProtocol.Messages;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Checks.Budgets;
using NotebookTestRunner.Settings;
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
    public async Task A_notebook_holds_what_its_largest_cell_held_and_cells_that_were_not_measured_count_for_nothing()
    {
        var session = await SessionAsync("budget: {notebook: {megabytes: 5}}");
        foreach (var peak in (long?[])[2_000_000, 7_000_000, null, 3_000_000]) Assert.Empty(await session.AfterCellAsync(Executed(TimeSpan.Zero, peak), Token));

        Assert.StartsWith("Held 7 MB of memory", Assert.Single(await session.EndAsync(Token)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notebook_whose_memory_cannot_be_measured_is_within_its_budget()
    {
        var session = await SessionAsync("budget: {notebook: {megabytes: 5}}");
        await session.AfterCellAsync(Executed(TimeSpan.Zero, null), Token);

        Assert.Empty(await session.EndAsync(Token));
    }

    [Theory]
    [InlineData(2.0, 5_000_000, "")]
    [InlineData(2.001, 5_000_000, "Took 2.00 s, and its budget is 2 s")]
    [InlineData(2.0, 5_000_001, "Held 5 MB of memory, and its budget is 5 MB")]
    public async Task A_budget_may_be_used_up_but_not_exceeded(double seconds, long memory, string excess)
    {
        var session = await SessionAsync("budget: {cell: {seconds: 2, megabytes: 5}}");

        Assert.StartsWith(excess, string.Concat((await session.AfterCellAsync(Executed(TimeSpan.FromSeconds(seconds), memory), Token)).Select(finding => finding.Message)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_cell_leaves_open_is_as_for_all_cells() =>
        Assert.Equal([new(1, 7), new(3, 2), new(3, 7)], ((Budget[])[new(1, null), new(null, 2), Budget.None]).Select(its => its.Over(new Budget(3, 7))));

    [Fact]
    public async Task A_folders_budget_holds_for_its_notebooks_and_the_nearer_one_wins_key_by_key()
    {
        Folder.Write("notebook-test.yml", "budget:\n  cell: {megabytes: 1, seconds: 100}\n  notebook: {megabytes: 1}\n");

        var result = await RunAsync("""{"cell": {"seconds": 90}, "notebook": {"megabytes": 100000}}""", """{"megabytes": 100000}""", "print one", "print two");

        Assert.Equal([Verdict.Failed, Verdict.Passed], Verdicts(result));
        Assert.Matches(@"^\[budget\] Held \d+ MB of memory, and its budget is 1 MB", result.Cells[0].Message!);
        Assert.Empty(result.Findings);
    }

    private static ExecutedCell Executed(TimeSpan duration, long? memory) => new(TestNotebook.Of("1").Cells[0], [], null, false, duration, memory);

    private async Task<NotebookCheckSession> SessionAsync(string settings)
    {
        Folder.Write("notebook-test.yml", settings);
        var notebook = TestNotebook.Of("1");
        return (await new BudgetCheck().BeginAsync(new NotebookCheckContext
        {
            Notebook = notebook,
            Settings = NotebookSettings.Read(Folder.File("lesson.ipynb"), notebook),
            Path = Folder.File("lesson.ipynb"),
            WorkingDirectory = Folder.Path,
            Options = new RunOptions(),
            Time = TimeProvider.System,
            Kernel = new NoKernel(),
        }, Token))!;
    }

    private sealed class NoKernel : IRunningKernel
    {
        public event Action<Message>? Published
        {
            add { }
            remove { }
        }

        public int ProcessId => 0;

        public string Language => "";

        public Func<string, bool, CancellationToken, Task<string>>? Input { get; set; }

        public Task<Evaluation> EvaluateAsync(string code, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Send(string messageType, JsonObject content, IReadOnlyList<byte[]>? buffers = null) => throw new NotSupportedException();
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
