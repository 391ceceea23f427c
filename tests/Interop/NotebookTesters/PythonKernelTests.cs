using System.Text.Json.Nodes;
using JupyterProtocol.KernelSpecs;
using NotebookTestRunner;
using NotebookTestRunner.Coverage;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;
using NotebookTestRunner.Reports;
using NotebookTestRunner.Selection;
using NotebookTestRunner.Series;

namespace Interop.NotebookTesters;

/// <summary>Notebooks in Python, on the real kernel of Jupyter: the runner belongs to no language.</summary>
public sealed class PythonKernelTests : IDisposable
{
    private const string Stubborn = """
        import time
        def stubborn():
            while True:
                try:
                    time.sleep(0.05)
                except KeyboardInterrupt:
                    pass
        stubborn()
        """;

    private readonly PythonEnvironment python = PythonEnvironment.Require();
    private readonly TemporaryFolder folder = new();

    public PythonKernelTests()
    {
        Install("python3", "-m", "ipykernel_launcher", "-f", "{connection_file}");
        Install("never-idle", Path.Combine(AppContext.BaseDirectory, "Python", "never_idle_kernel.py"), "-f", "{connection_file}");
    }

    public void Dispose() => folder.Dispose();

    private RunOptions Options => new() { KernelSpecDirectories = [folder.Combine("jupyter")], Mode = ComparisonMode.Lax, InterruptGracePeriod = TimeSpan.FromSeconds(3) };

    [Fact]
    public async Task Cells_are_judged_by_what_they_show_and_an_update_stores_it()
    {
        var path = Write("lesson", "import math\nx = math.sqrt(2)", "print(f'{x:.3f}')", "x > 1", "1 / 0");

        var first = await RunAsync(Options with { Mode = ComparisonMode.Normal }, path);
        Assert.Equal([Verdict.Passed, Verdict.Failed, Verdict.Failed, Verdict.Failed], first.Cells.Select(cell => cell.Verdict));
        Assert.StartsWith("ZeroDivisionError: division by zero", first.Cells[3].Message, StringComparison.Ordinal);
        Assert.All(first.Cells, cell => Assert.NotNull(cell.PeakMemory));

        path = Write("lesson", "import math\nx = math.sqrt(2)", "print(f'{x:.3f}')", "x > 1");
        Assert.True((await RunAsync(Options with { Update = true }, path)).Updated);
        Assert.Equal(Verdict.Passed, (await RunAsync(Options with { Mode = ComparisonMode.Normal }, path)).Verdict);
        Assert.Equal("1.414\n", Assert.IsType<StreamOutput>(Assert.Single(Notebook.Read(path).Cells[1].Outputs)).Text);
    }

    [Fact]
    public async Task A_cell_that_gives_in_to_an_interrupt_says_where_it_was()
    {
        var result = await RunAsync(Options with { CellTimeout = TimeSpan.FromSeconds(3) }, Write("hang", "import time\ndef wait_for_ever():\n    time.sleep(1000)\nwait_for_ever()", "print(1)"));

        Assert.Equal([Verdict.Failed, Verdict.NotRun], result.Cells.Select(cell => cell.Verdict));
        Assert.Contains("Where it was:", result.Cells[0].Message, StringComparison.Ordinal);
        Assert.Contains("KeyboardInterrupt", result.Cells[0].Message, StringComparison.Ordinal);
        Assert.Contains("wait_for_ever", result.Cells[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_gives_in_to_nothing_is_told_with_the_stack_of_its_thread()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal to ask by.");

        var result = await RunAsync(Options with { CellTimeout = TimeSpan.FromSeconds(3) }, Write("hang", Stubborn, "print(1)"));

        Assert.Equal([Verdict.Failed, Verdict.NotRun], result.Cells.Select(cell => cell.Verdict));
        Assert.Contains("its kernel was ended.", result.Cells[0].Message, StringComparison.Ordinal);
        Assert.Matches(@"The stacks of its threads:\n(Current thread|Thread) .*\n  File .* in stubborn\n", result.Cells[0].Message!.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("import os; os._exit(7)", "exit code 7")]
    [InlineData("import ctypes; ctypes.string_at(0)", "SIGSEGV")]
    public async Task A_kernel_that_dies_is_told_with_the_reason(string code, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");

        var result = await RunAsync(Options, Write("dies", code, "print(1)"));

        Assert.Equal([Verdict.Failed, Verdict.NotRun], result.Cells.Select(cell => cell.Verdict));
        Assert.Contains(reason, result.Cells[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_prints_without_end_is_stopped_and_cut()
    {
        var result = await RunAsync(
            Options with { OutputLimit = 1_000_000, CellTimeout = TimeSpan.FromSeconds(4), InterruptGracePeriod = TimeSpan.FromSeconds(60), ContinueAfterError = true }, Write("flood", "while True: print('x' * 100_000, flush=True)", "print('next')"));

        Assert.Equal([Verdict.Failed, Verdict.Passed], result.Cells.Select(cell => cell.Verdict));
        Assert.InRange(result.Cells[0].Outputs.OfType<StreamOutput>().Sum(output => (long)output.Text.Length), 1, 2_000_000);
    }

    [Fact]
    public async Task A_kernel_that_answers_but_is_never_idle_fails_its_cell_in_bounded_time()
    {
        var result = await RunAsync(Options with { InterruptGracePeriod = TimeSpan.FromSeconds(1) }, WriteFor("idle", "never-idle", "hello", "next"));

        Assert.Equal([Verdict.Failed, Verdict.NotRun], result.Cells.Select(cell => cell.Verdict));
        Assert.StartsWith("The kernel answered, but did not say within 1 s that it is done (status idle)", result.Cells[0].Message, StringComparison.Ordinal);
        Assert.Equal("hello", Assert.IsType<StreamOutput>(Assert.Single(result.Cells[0].Outputs)).Text);
    }

    [Fact]
    public async Task Parameters_and_selected_cells_work_as_in_any_language()
    {
        var path = Write("parameters", "epochs = 1\nname = 'x'", "print(epochs * 2, name)", "raise ValueError('not selected')");
        var json = (JsonObject)JsonNode.Parse(File.ReadAllText(path))!;
        json["cells"]![0]!["metadata"]!["tags"] = new JsonArray("parameters");
        File.WriteAllText(path, json.ToJsonString());

        var result = await RunAsync(
            Options with { Parameters = new Dictionary<string, string> { ["epochs"] = "21", ["name"] = "7" }, Selection = new CellSelection { Cells = [2] } }, path);

        Assert.Equal([Verdict.Skipped, Verdict.Passed, Verdict.Skipped], result.Cells.Select(cell => cell.Verdict));
        Assert.Equal("42 7\n", Assert.IsType<StreamOutput>(Assert.Single(result.Cells[1].Outputs)).Text);
    }

    [Fact]
    public async Task Notebooks_run_together_and_the_json_report_keeps_to_its_schema()
    {
        string[] notebooks = [Write("a", "print(1)"), Write("b", "1 / 0"), folder.Combine("gone.ipynb"), Write("c", "print(3)")];
        var results = await new NotebookSeries(new SeriesOptions { OptionsFor = _ => Options, Parallel = 2, WarmKernels = 2 })
            .RunAsync(notebooks, cancellationToken: TestContext.Current.CancellationToken);
        await JsonReport.WriteAsync(folder.Combine("report.json"), results, cancellationToken: TestContext.Current.CancellationToken);
        var schema = Path.Combine(PythonEnvironment.CheckoutFolder, "tests", "NotebookTestRunner", "Reports", "report.schema.json");

        Assert.Equal([Verdict.Passed, Verdict.Failed, Verdict.Failed, Verdict.Passed], results.Select(result => result.Verdict));
        Assert.Empty((JsonArray)await python.RunAsync("validate_report", PythonEnvironment.NewestMlflow, folder.Combine("report.json"), schema));
    }

    [Fact]
    public async Task The_lines_of_modules_that_notebooks_run_are_known_and_those_that_they_do_not()
    {
        await File.WriteAllTextAsync(folder.Combine("sums.py"), "def twice(x):\n    if x < 0:\n        return None\n    return 2 * x\n", TestContext.Current.CancellationToken);
        var coverage = new PythonCoverage(Directory.CreateDirectory(folder.Combine("lines")).FullName);
        var measured = Options with { EnvironmentVariables = coverage.Variables() };

        Assert.Equal(Verdict.Passed, (await RunAsync(measured, Write("sums", "import json, sums\nprint(json.dumps(sums.twice(3)))"))).Verdict);
        var module = Assert.Single(await coverage.ReadAsync(python.Executable, TestContext.Current.CancellationToken));

        Assert.Equal(folder.Combine("sums.py"), module.Path);
        Assert.Equal([1, 2, 4], module.Ran);
        Assert.Equal([3], module.Missed);
    }

    private static Task<NotebookResult> RunAsync(RunOptions options, string path) =>
        new NotebookRunner(options).RunAsync(path, cancellationToken: TestContext.Current.CancellationToken);

    private void Install(string name, params string[] arguments) => KernelSpecStore.Install(
        name, new KernelSpec { Argv = [python.Executable, .. arguments], DisplayName = name, Language = "python", InterruptMode = "signal" }, folder.Combine("jupyter"));

    private string Write(string name, params string[] cells) => WriteFor(name, "python3", cells);

    private string WriteFor(string name, string kernel, params string[] cells)
    {
        var path = folder.Combine($"{name}.ipynb");
        File.WriteAllText(path, new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select(source => new JsonObject
            {
                ["cell_type"] = "code", ["execution_count"] = null, ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["source"] = source,
            })]),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = kernel, ["display_name"] = kernel, ["language"] = "python" } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 4,
        }.ToJsonString());
        return path;
    }
}
