using Microsoft.Extensions.Time.Testing;
using NotebookTestRunner.Caching;
using NotebookTestRunner.Comparison;
using NotebookTestRunner.Events;
using NotebookTestRunner.Reports;
using NotebookTestRunner.Selection;
using NotebookTestRunner.Series;
using NotebookTestRunner.Tests.Execution;
using ScriptedKernel;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Caching;

public sealed class ResultCacheTests() : RunningTest(isHosted: false)
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 10, 15, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_notebook_that_passed_and_did_not_change_is_not_run_again_and_says_so()
    {
        Write("a", Passing);
        Assert.Null((await RunAsync("a")).CachedFrom);

        var again = await RunAsync("a");

        Assert.Equal((Verdict.Passed, _clock.GetUtcNow()), (again.Verdict, again.CachedFrom));
        Assert.Equal(1, Starts);
        Assert.Equal((Verdict.Passed, TimeSpan.Zero), (again.Cells[0].Verdict, again.Cells[0].Duration));
        Assert.Equal([Printed("one")], again.Cells[0].Outputs);
        Assert.Equal("[cache] Not run again: it passed on 2026-11-24 10:15 UTC, and nothing it is known to depend on has changed. Without --cache it is run.", Assert.Single(again.Findings).ToString());
        Assert.Same(again, Assert.IsType<NotebookFinished>(Assert.Single(Events)).Result);
        Assert.Contains("Not run again", JUnitReport.Create([again]).ToString(), StringComparison.Ordinal);
        Assert.Contains("\"cachedFrom\": \"2026-11-24T10:15:00+00:00\"", JsonReport.Create([again]), StringComparison.Ordinal);
        Assert.Contains("Not run again", MarkdownReport.Create([again]), StringComparison.Ordinal);
    }

    public static TheoryData<string> Changes => ["source", "outputs", "contract", "user", "settings", "kernel", "data", "new data", "module", "damage", "lock"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_of_what_it_depends_on_has_it_run_again(string change)
    {
        Folder.Write("data/numbers.csv", "1,2");
        Write("a", Passing, new TestCell("# \"data/numbers.csv\" 'data' \"later.csv\"\nprint two", Printed("two")));
        await RunAsync("a");
        Assert.NotNull((await RunAsync("a")).CachedFrom);

        switch (change)
        {
            case "source": Write("a", Passing, "# \"data/numbers.csv\" 'data' \"later.csv\"", "# more"); break;
            case "outputs": Write("a", new TestCell("print one", Printed("1"))); break;
            case "contract": Folder.Write("a.contract.yml", "notebook: {files: {only: true}}"); break;
            case "user": Folder.Write("a.user", "cell 1\nexpect printed one\n"); break;
            case "settings": Folder.Write("notebook-test.yml", "similarity: 0.5"); break;
            case "kernel": Folder.Write($"jupyter/kernels/{ScriptedKernelSpec.Name}/kernel.json", File.ReadAllText(Folder.File($"jupyter/kernels/{ScriptedKernelSpec.Name}/kernel.json")) + " "); break;
            case "data": Folder.Write("data/numbers.csv", "1,3"); break;
            case "new data": Folder.Write("later.csv", "1"); break;
            case "module": Folder.Write("data/more.csv", "1"); break;
            case "lock": Folder.Write("notebook.lock.json", "{}"); break;
            default: File.WriteAllText(Directory.GetFiles(Folder.File("cache")).Single(), "{"); break;
        }

        Assert.Null((await RunAsync("a")).CachedFrom);
    }

    [Fact]
    public async Task A_change_of_how_it_is_run_has_it_run_again()
    {
        Write("a", Passing);
        await RunAsync("a");
        RunOptions[] others =
        [
            Options with { Mode = ComparisonMode.Strict },
            Options with { Tolerance = new NumberTolerance(0.1) },
            Options with { EnvironmentVariables = new Dictionary<string, string> { ["WHO"] = "me" } },
            Options with { Checks = [] },
            Options with { OutputLimit = 7_000_000 },
        ];

        foreach (var other in others) Assert.Null((await RunAsync("a", other)).CachedFrom);
    }

    [Fact]
    public async Task A_failure_is_never_remembered()
    {
        Write("a", new TestCell("print one", Printed("two")));

        await RunAsync("a");

        Assert.Equal((Verdict.Failed, null), (await RunAsync("a")) is var again ? (again.Verdict, again.CachedFrom) : default);
        Assert.False(Directory.Exists(Folder.File("cache")));
    }

    [Fact]
    public async Task What_the_notebook_writes_itself_may_change_but_must_be_there()
    {
        Write("a", "# \"out.txt\"\ncreate-file out.txt");
        await RunAsync("a");

        Folder.Write("out.txt", "something else");
        Assert.NotNull((await RunAsync("a")).CachedFrom);

        File.Delete(Folder.File("out.txt"));
        Assert.Null((await RunAsync("a")).CachedFrom);
    }

    [Fact]
    public async Task Of_several_only_the_changed_one_is_run_and_no_kernel_is_started_for_the_others()
    {
        string[] names = ["a", "b", "c"];
        foreach (var name in names) Write(name, Passing);
        await RunAllAsync(Options, names);
        Write("b", Passing, "# more");

        var results = await RunAllAsync(Options, names);

        Assert.Equal([false, true, false], results.Select(result => result.CachedFrom is null));
        Assert.Equal(4, Starts);
    }

    [Fact]
    public async Task Runs_that_update_or_select_cells_neither_ask_nor_fill_it()
    {
        Write("a", Passing);
        await RunAsync("a", Options with { Selection = new CellSelection { Cells = [1] } });
        await RunAsync("a", Options with { Update = true });
        Assert.False(Directory.Exists(Folder.File("cache")));

        await RunAsync("a");
        Assert.Null((await RunAsync("a", Options with { Selection = new CellSelection { Cells = [1] } })).CachedFrom);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_told_and_fails_nothing()
    {
        Folder.Write("cache", "a file");
        Write("a", Passing);

        var result = await RunAsync("a");

        Assert.Equal(Verdict.Passed, result.Verdict);
        Assert.StartsWith("The cache of verdicts", Assert.Single(result.Findings).Message, StringComparison.Ordinal);
    }

    private static TestCell Passing => new("print one", Printed("one"));

    private int Starts => File.ReadAllLines(Folder.File("starts.txt")).Length;

    private void Write(string name, params TestCell[] cells)
    {
        Folder.Write($"{name}.ipynb", TestNotebook.Json(ScriptedKernelSpec.Name, cells));
    }

    private async Task<NotebookResult> RunAsync(string name, RunOptions? options = null) => Assert.Single(await RunAllAsync(options ?? Options, name));

    private Task<IReadOnlyList<NotebookResult>> RunAllAsync(RunOptions options, params string[] names)
    {
        Events.Clear();
        var counted = options with { EnvironmentVariables = options.EnvironmentVariables.Append(new("SCRIPTED_STARTS", Folder.File("starts.txt"))).ToDictionary() };
        var series = new NotebookSeries(new SeriesOptions { OptionsFor = _ => counted, Cache = new ResultCache(Folder.File("cache"), _clock) });
        return series.RunAsync([.. names.Select(name => Folder.File($"{name}.ipynb"))], new Recorder(Events), cancellationToken: Token);
    }
}
