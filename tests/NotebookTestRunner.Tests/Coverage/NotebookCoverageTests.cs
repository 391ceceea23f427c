using System.Diagnostics;
using NotebookTestRunner.Coverage;

namespace NotebookTestRunner.Tests.Coverage;

public sealed class NotebookCoverageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Public_methods_that_somebody_wrote_are_read_from_an_assembly()
    {
        var methods = PublicMethods.Read(typeof(NotebookRunner).Assembly.Location);

        Assert.Contains(new MethodName("NotebookTestRunner.NotebookRunner", "RunAsync"), methods);
        Assert.Contains(new MethodName("NotebookTestRunner.NotebookRunner", ".ctor"), methods);
        Assert.DoesNotContain(methods, method => method.Name.StartsWith("get_CellTimeout", StringComparison.Ordinal) || method.Name.Contains('<', StringComparison.Ordinal));
        Assert.DoesNotContain(methods, method => method.Type.EndsWith("CellJudge", StringComparison.Ordinal));
    }

    [Fact]
    public void What_no_notebook_calls_is_listed()
    {
        var coverage = new NotebookCoverage([typeof(NotebookRunner).Assembly.Location]);
        coverage.Add("one", new HashSet<MethodName> { new("NotebookTestRunner.NotebookRunner", "RunAsync"), new("Elsewhere", "RunAsync") });

        var (called, notCalled) = coverage.Of("NotebookTestRunner");
        Assert.Equal("NotebookTestRunner.NotebookRunner.RunAsync", Assert.Single(called).ToString());
        Assert.Contains("`NotebookTestRunner.NotebookRunner`: `.ctor`, `InspectAsync`", coverage.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains($"| NotebookTestRunner | {notCalled.Count + 1} | 1 |", coverage.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_those_of_the_methods_that_ran_whatever_their_visibility_and_an_async_ones_are_in_its_state_machine()
    {
        var coverage = new NotebookCoverage([typeof(NotebookRunner).Assembly.Location]);
        var machine = typeof(NotebookRunner).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).First(type => type.Name.StartsWith("<InspectAsync>", StringComparison.Ordinal));

        var nothing = coverage.LinesOf("NotebookTestRunner");
        coverage.Add("one", new HashSet<MethodName> { new("NotebookTestRunner.AtomicFile", "none"), new(machine.FullName!, "MoveNext") });
        var inspected = coverage.LinesOf("NotebookTestRunner");

        Assert.Equal(0, nothing.Ran);
        Assert.InRange(inspected.Ran, 10, 40);
        Assert.InRange(inspected.All, 1000, 20_000);
        Assert.Contains($"| {inspected.All} | {inspected.Ran} | ", coverage.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_python_modules_it_is_said_which_lines_did_not_run()
    {
        var coverage = new NotebookCoverage([]);
        coverage.Add([new PythonModuleLines(folder.File("a/sums.py"), [1, 2, 4], [3, 7, 8, 9, 11]), new PythonModuleLines("/elsewhere/all.py", [1], [])]);

        Assert.Equal(
            "# What the notebooks run of Python modules\n\n| Module | Lines | Ran | Share | Not run |\n|---|---:|---:|---:|---|\n| a/sums.py | 8 | 3 | 38 % | 3, 7–9, 11 |\n| /elsewhere/all.py | 1 | 1 | 100 % |  |\n",
            coverage.ToMarkdown(folder.Path));
    }

    [Fact]
    public async Task Where_no_kernel_wrote_down_lines_it_is_said_what_is_missing()
    {
        var coverage = new PythonCoverage(folder.Path);

        Assert.Contains(folder.Path, Assert.Single(coverage.Variables()).Value, StringComparison.Ordinal);
        var told = await Assert.ThrowsAsync<NotebookRunException>(() => coverage.ReadAsync("python", TestContext.Current.CancellationToken));
        Assert.Contains("'python -m pip install coverage'", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_of_dotnet_writes_down_what_it_runs()
    {
        var trace = folder.File("kernel.nettrace");
        var scripted = Path.Combine(AppContext.BaseDirectory, "ScriptedKernel.dll");
        var start = new ProcessStartInfo("dotnet", [scripted, "--dies-at-start"]) { RedirectStandardError = true };
        foreach (var (name, value) in KernelTrace.Variables(trace)) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains(KernelTrace.Read(trace), method => method.Type == "JupyterProtocol.Platform" && method.Name == "HearInterrupts");
    }

    [Fact]
    public void A_trace_that_is_not_there_is_told() => Assert.Throws<NotebookRunException>(() => KernelTrace.Read(folder.File("gone.nettrace")));
}
