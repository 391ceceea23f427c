using JupyterProtocol.KernelSpecs;
using NotebookTestRunner;
using NotebookTestRunner.Coverage;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Tests.Running;

public sealed class CoverageFileTests : IDisposable
{
    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task The_lines_of_helpers_that_the_real_kernel_ran_are_written_down_in_each_format_and_summed_up()
    {
        // What the kernel itself is made of stands for a helper.
        Directory.CreateDirectory(_course.PathOf("artifacts/bin/Tutorial.Helpers"));
        foreach (var file in (string[])["JupyterProtocol.dll", "JupyterProtocol.pdb"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), _course.PathOf($"artifacts/bin/Tutorial.Helpers/{file}"));
        _course.WriteNotebook("notebooks/01-first.ipynb", "#r \"../artifacts/bin/Tutorial.Helpers/JupyterProtocol.dll\"\nnew JupyterProtocol.KernelSpecs.KernelSpecStore([]).Find(\"none\");");

        Assert.Equal(ExitCode.CellFailed, await _course.TypeAsync("run", "--coverage", "deep/lines.md", "--coverage", "lines.xml", "--coverage", "lines.info", "--coverage", "lines.json"));

        Assert.Matches(@"(?m)^\| JupyterProtocol \| \d{4} \| [1-9]\d{1,2} \| ", _course.Read("deep/lines.md"));
        Assert.Matches(@"(?m)^\| notebooks/01-first.ipynb \| [1-9]\d{1,2} \|$", _course.Read("deep/lines.md"));
        Assert.Contains("<package name=\"JupyterProtocol\"", _course.Read("lines.xml"), StringComparison.Ordinal);
        Assert.Matches(@"SF:.*KernelSpecStore\.cs\n(?:DA:\d+,[01]\n)*DA:\d+,1\n", _course.Read("lines.info"));
        Assert.Contains("\"counted\":true", _course.Read("lines.json"), StringComparison.Ordinal);
        Assert.Matches(@"Coverage:  deep.lines\.md, lines\.xml, lines\.info, lines\.json \([1-9]\d{1,2} of \d{4} lines ran\)", _course.Output);
        Assert.Empty(_course.Error);
        Assert.Equal(["JupyterProtocol.dll", "JupyterProtocol.pdb"], Directory.EnumerateFiles(_course.PathOf("artifacts/bin/Tutorial.Helpers")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_kernel_that_left_nothing_is_told_and_the_file_is_written_all_the_same()
    {
        var kernels = _course.PathOf("kernels");
        KernelSpecStore.Install("snake", new KernelSpec { Argv = ["snake-3"], DisplayName = "Snake", Language = "python" }, kernels);
        var run = new RunOptions { KernelSpecDirectories = [kernels], EnvironmentVariables = new Dictionary<string, string> { ["MINE"] = "1" } };
        Directory.CreateDirectory(_course.PathOf("broken"));
        File.CreateSymbolicLink(_course.PathOf("broken/Library.dll"), _course.PathOf("nowhere"));
        var (sharp, python, later) = (_course.WriteNotebook("a.ipynb", "#r \"broken/Library.dll\""), _course.WriteNotebook("b.ipynb", "1"), _course.WriteNotebook("c.ipynb", "1"));
        string counts;
        using (var coverage = new CoverageFile([_course.PathOf("coverage.md")], _course.Checkout))
        {
            var snakes = ((string[])[later, python]).Select(path => coverage.With(run with { KernelName = "snake" }, path).EnvironmentVariables).ToList();
            var other = coverage.With(run, sharp).EnvironmentVariables;
            coverage.With(run, _course.PathOf("gone.ipynb"));

            Assert.Equal(["COVERAGE_PROCESS_START", "MINE"], snakes[0].Keys.Order(StringComparer.Ordinal));
            Assert.Equal(snakes[0]["COVERAGE_PROCESS_START"], snakes[1]["COVERAGE_PROCESS_START"]);
            Assert.Equal(["MINE", DotnetCoverage.CopyVariable, "NOTEBOOK_COVERAGE_FOLDER"], other.Keys.Order(StringComparer.Ordinal));
            counts = Path.GetDirectoryName(other["NOTEBOOK_COVERAGE_FOLDER"])!;
            await coverage.WriteAsync(_course.Context);
        }

        var lines = _course.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith($"{sharp}: What runs of the assemblies in {_course.PathOf("broken")} is not counted", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{_course.PathOf("gone.ipynb")}: ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"{python}, {later}: not counted. The kernel wrote down no lines: install coverage.py where it runs ('snake-3", lines[2], StringComparison.Ordinal);
        Assert.Contains("| a.ipynb | none: its kernel loaded nothing that counts |", _course.Read("coverage.md"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(counts));
    }
}
