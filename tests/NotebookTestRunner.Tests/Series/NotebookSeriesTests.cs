using System.Text.Json.Nodes;
using NotebookTestRunner.Events;
using NotebookTestRunner.Outputs;
using NotebookTestRunner.Series;
using NotebookTestRunner.Tests.Execution;
using ScriptedKernel;

namespace NotebookTestRunner.Tests.Series;

public sealed class NotebookSeriesTests() : RunningTest(isHosted: false)
{
    [Fact]
    public async Task Results_come_in_the_order_asked_for_whichever_notebook_is_done_first()
    {
        string[] notebooks = [Notebook("a", "await-file go"), Notebook("b", "print b"), Notebook("c", "create-file go")];

        var results = await RunAsync(notebooks, parallel: 2);

        Assert.Equal(notebooks, results.Select(result => result.Path));
        Assert.All(results, result => Assert.Equal(Verdict.Passed, result.Verdict));
        Assert.Equal("b", Path.GetFileNameWithoutExtension(Events.OfType<NotebookFinished>().First().NotebookPath));
    }

    [Fact]
    public async Task As_many_run_together_as_asked_for_and_no_more()
    {
        // Each waits for the other two, so that they pass only if all three run together.
        var files = new[] { "a", "b", "c" };
        var notebooks = files.Select(name => Notebook(name, $"create-file {name}", "await-file a", "await-file b", "await-file c")).ToList();

        var results = await RunAsync(notebooks, parallel: 3);

        Assert.All(results, result => Assert.Equal(Verdict.Passed, result.Verdict));
        Assert.Equal(1, await MostTogetherAsync(parallel: 1));
        Assert.Equal(2, await MostTogetherAsync(parallel: 2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Notebooks_that_name_a_common_lock_never_run_together(bool inTheFolder)
    {
        if (inTheFolder) Folder.Write("notebook-test.yml", "lock: [gpu, port-5000]");
        string[] notebooks = inTheFolder ? [Notebook("a", "print a"), Notebook("b", "print b"), Locked("c", "nothing-shared")]
            : [Locked("a", "port-5000"), Locked("b", "port-5000"), Notebook("c", "print c")];

        await RunAsync(notebooks, parallel: 3);

        var steps = Events.Where(step => step is NotebookStarted or NotebookFinished)
            .Select(step => (Name: Path.GetFileNameWithoutExtension(step.NotebookPath), Ends: step is NotebookFinished)).Where(step => step.Name != "c").ToList();
        Assert.Equal([("a", false), ("a", true), ("b", false), ("b", true)], steps);
    }

    [Fact]
    public async Task Kernels_are_started_ahead_once_for_each_notebook_with_its_own_environment()
    {
        var starts = Folder.File("starts.txt");
        string[] notebooks = [Notebook("a", "variable WHO"), Notebook("b", "variable WHO"), Notebook("c", "variable WHO")];

        var results = await RunAsync(notebooks, parallel: 1, options: path => Options with
        {
            Mode = ComparisonMode.Lax,
            EnvironmentVariables = new Dictionary<string, string> { ["WHO"] = Path.GetFileNameWithoutExtension(path), ["SCRIPTED_STARTS"] = starts },
        });

        Assert.Equal(["a", "b", "c"], results.Select(result => Assert.IsType<StreamOutput>(result.Cells[0].Outputs[0]).Text));
        Assert.Equal(3, File.ReadAllLines(starts).Length);
    }

    [Fact]
    public async Task A_kernel_that_ended_while_it_waited_is_replaced()
    {
        // The second notebook's kernel dies as soon as the first notebook has left its mark, which it does in its last cell but one.
        string[] notebooks = [Notebook("a", "print started", "create-file die", "await-file died"), Notebook("b", "print fine")];
        var mark = Folder.File("die");

        var results = await RunAsync(notebooks, parallel: 1, options: path => Options with
        {
            Mode = ComparisonMode.Lax,
            EnvironmentVariables = path.EndsWith("b.ipynb", StringComparison.Ordinal)
                ? new Dictionary<string, string> { ["SCRIPTED_DIES_AFTER"] = mark, ["SCRIPTED_DEATH"] = Folder.File("died") }
                : new Dictionary<string, string>(),
        });

        Assert.All(results, result => Assert.Equal(Verdict.Passed, result.Verdict));
    }

    [Fact]
    public async Task A_notebook_that_cannot_be_run_keeps_no_other_from_being_run()
    {
        string[] notebooks =
        [
            Folder.Write("torn.ipynb", "{"), Notebook("a", "print a"), Folder.File("gone.ipynb"), Notebook("b", "print b"), Notebook("c", "print c"),
        ];

        var results = await RunAsync(notebooks, parallel: 2, options: path =>
            path.EndsWith("b.ipynb", StringComparison.Ordinal) ? throw new InvalidOperationException("a fault of ours")
            : path.EndsWith("c.ipynb", StringComparison.Ordinal) ? throw new NotebookRunException("It cannot be prepared.")
            : Options with { Mode = ComparisonMode.Lax });

        Assert.Equal([Verdict.Failed, Verdict.Passed, Verdict.Failed, Verdict.Failed, Verdict.Failed], results.Select(result => result.Verdict));
        Assert.Contains("is not JSON", results[0].Message, StringComparison.Ordinal);
        Assert.Contains("There is no notebook at", results[2].Message, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: a fault of ours", results[3].Message, StringComparison.Ordinal);
        Assert.Equal("It cannot be prepared.", results[4].Message);
        Assert.Equal(5, Events.OfType<NotebookFinished>().Count());
    }

    [Fact]
    public async Task What_is_known_is_handed_over_after_each_notebook()
    {
        var known = new List<int>();
        var series = new NotebookSeries(new SeriesOptions { OptionsFor = _ => Options with { Mode = ComparisonMode.Lax } });

        await series.RunAsync([Notebook("a", "print a"), Notebook("b", "print b")], finished: results =>
        {
            known.Add(results.Count);
            return Task.CompletedTask;
        }, cancellationToken: Token);

        Assert.Equal([1, 2], known);
    }

    [Fact]
    public async Task The_next_notebook_begins_while_what_is_known_is_handed_over()
    {
        var next = new TaskCompletionSource();
        var series = new NotebookSeries(new SeriesOptions { OptionsFor = _ => Options with { Mode = ComparisonMode.Lax } });

        var results = await series.RunAsync(
            [Notebook("a", "print a"), Notebook("b", "print b")],
            new Told(step => { if (step is NotebookStarted && step.NotebookPath.EndsWith("b.ipynb", StringComparison.Ordinal)) next.TrySetResult(); }),
            _ => next.Task.WaitAsync(TimeSpan.FromMinutes(1), Token),
            Token);

        Assert.All(results, result => Assert.Equal(Verdict.Passed, result.Verdict));
    }

    [Fact]
    public async Task A_stopped_series_names_the_notebooks_whose_turn_never_came()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        string[] notebooks = [Notebook("a", "print a", "wait"), Notebook("b", "print b"), Notebook("c", "print c")];
        var series = new NotebookSeries(new SeriesOptions { OptionsFor = _ => Options with { Mode = ComparisonMode.Lax } });

        var results = await series.RunAsync(notebooks, new StopAt(stop, step => step is CellStarted { CellNumber: 2 }), cancellationToken: stop.Token);

        Assert.Equal(notebooks, results.Select(result => result.Path));
        Assert.All(results, result => Assert.True(result.Cancelled));
        Assert.Equal([Verdict.Passed, Verdict.NotRun], Verdicts(results[0]));
        Assert.Equal("Not run: the run was interrupted before it.", results[2].Message);
    }

    [Fact]
    public async Task A_series_that_only_inspects_starts_no_kernel()
    {
        InstallKernel("message", "--dies-at-start");
        var series = new NotebookSeries(new SeriesOptions { OptionsFor = _ => Options, InspectOnly = true });

        var result = Assert.Single(await series.RunAsync([Notebook("a", "print a")], cancellationToken: Token));

        Assert.Equal(Verdict.Passed, result.Verdict);
        Assert.Empty(result.Cells);
    }

    [Fact]
    public async Task No_notebooks_are_no_results() => Assert.Empty(await RunAsync([], parallel: 4));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, -1)]
    public void Numbers_out_of_range_are_refused(int parallel, int warm) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new NotebookSeries(new SeriesOptions { Parallel = parallel, WarmKernels = warm }));

    private sealed class Told(Action<RunEvent> tell) : IProgress<RunEvent>
    {
        public void Report(RunEvent value) => tell(value);
    }

    private async Task<int> MostTogetherAsync(int parallel)
    {
        Events.Clear();
        await RunAsync([.. Enumerable.Range(1, 4).Select(i => Notebook($"n{parallel}-{i}", "print x"))], parallel);
        var (now, most) = (0, 0);
        foreach (var step in Events)
        {
            now += step is NotebookStarted ? 1 : step is NotebookFinished ? -1 : 0;
            most = Math.Max(most, now);
        }
        return most;
    }

    private Task<IReadOnlyList<NotebookResult>> RunAsync(IReadOnlyList<string> notebooks, int parallel, Func<string, RunOptions>? options = null) =>
        new NotebookSeries(new SeriesOptions { OptionsFor = options ?? (_ => Options with { Mode = ComparisonMode.Lax }), Parallel = parallel, WarmKernels = parallel })
            .RunAsync(notebooks, new Recorder(Events), cancellationToken: Token);

    private string Notebook(string name, params TestCell[] cells) => Folder.Write($"{name}.ipynb", TestNotebook.Json(ScriptedKernelSpec.Name, cells));

    private string Locked(string name, string resource)
    {
        var json = (JsonObject)JsonNode.Parse(TestNotebook.Json(ScriptedKernelSpec.Name, "print x"))!;
        json["metadata"]!["notebook-test"] = new JsonObject { ["lock"] = resource };
        return Folder.Write($"{name}.ipynb", json.ToJsonString());
    }
}
