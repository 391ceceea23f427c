using JupyterProtocol.KernelSpecs;
using NotebookTestRunner;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Tests.Running;

public sealed class CoverageFileTests : IDisposable
{
    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task The_methods_of_helpers_that_the_real_kernel_ran_are_written_down()
    {
        // What the kernel itself is made of stands for a helper.
        Directory.CreateDirectory(_course.PathOf("helpers/JupyterProtocol"));
        Directory.CreateDirectory(_course.PathOf("helpers/NotBuilt"));
        Directory.CreateDirectory(_course.PathOf("artifacts/bin/Tutorial.Helpers"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "JupyterProtocol.dll"), _course.PathOf("artifacts/bin/Tutorial.Helpers/JupyterProtocol.dll"));
        _course.WriteNotebook("notebooks/01-first.ipynb", "var sum = 1 + 2;");

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("run", "--coverage", "deep/coverage.md"));

        Assert.Matches(@"(?m)^\| JupyterProtocol \| \d+ \| [1-9]\d* \| ", _course.Read("deep/coverage.md"));
        Assert.DoesNotContain("NotBuilt", _course.Read("deep/coverage.md"), StringComparison.Ordinal);
        Assert.Empty(_course.Error);
    }

    [Fact]
    public async Task A_kernel_that_left_nothing_is_told_and_the_file_is_written_all_the_same()
    {
        Directory.CreateDirectory(_course.PathOf("helpers"));
        var kernels = _course.PathOf("kernels");
        KernelSpecStore.Install("snake", new KernelSpec { Argv = ["snake-3"], DisplayName = "Snake", Language = "python" }, kernels);
        var run = new RunOptions { KernelSpecDirectories = [kernels], EnvironmentVariables = new Dictionary<string, string> { ["MINE"] = "1" } };
        var (sharp, python, later) = (_course.WriteNotebook("a.ipynb", "1"), _course.WriteNotebook("b.ipynb", "1"), _course.WriteNotebook("c.ipynb", "1"));
        using var said = new StringWriter();
        string traces;
        using (var coverage = new CoverageFile(_course.PathOf("coverage.md")))
        {
            var snakes = ((string[])[later, python]).Select(path => coverage.With(run with { KernelName = "snake" }, path).EnvironmentVariables).ToList();
            var other = coverage.With(run, sharp).EnvironmentVariables;
            coverage.With(run, _course.PathOf("gone.ipynb"));

            Assert.Equal(["COVERAGE_PROCESS_START", "MINE"], snakes[0].Keys.Order(StringComparer.Ordinal));
            Assert.Equal(snakes[0]["COVERAGE_PROCESS_START"], snakes[1]["COVERAGE_PROCESS_START"]);
            Assert.Contains("DOTNET_EnableEventPipe", other.Keys);
            traces = Path.GetDirectoryName(other["DOTNET_EventPipeOutputPath"])!;
            await coverage.WriteAsync(_course.Checkout, said);
        }

        var lines = said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith($"{sharp} is not counted. The trace of the kernel", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{_course.PathOf("gone.ipynb")} is not counted.", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"{python}, {later}: not counted. The kernel wrote down no lines: install coverage.py where it runs ('snake-3", lines[2], StringComparison.Ordinal);
        Assert.Contains("What the notebooks call of the helpers", _course.Read("coverage.md"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(traces));
    }
}
