using System.Xml.Linq;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Tests.Verbs;

public sealed class CheckVerbTests : IDisposable
{
    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task A_changed_output_fails_the_real_kernels_run_and_an_update_mends_it()
    {
        var notebook = _course.WriteNotebook("mine.ipynb", "var sum = 1 + 2;\nConsole.WriteLine(sum);");

        Assert.Equal(ExitCode.CellFailed, await _course.TypeAsync("check", "mine.ipynb"));
        Assert.Contains("✗ mine, cell 1: var sum = 1 + 2;", _course.Output, StringComparison.Ordinal);
        Assert.Contains("✗ 1 cell failed", _course.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("check", "mine.ipynb", "--update"));
        Assert.Contains("passed, outputs stored", _course.Output, StringComparison.Ordinal);
        Assert.Contains("\"3\\n\"", File.ReadAllText(notebook), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("check", "mine.ipynb"));
        Assert.Equal("testsuites", XDocument.Parse(_course.Read("artifacts/report/check/junit.xml")).Root!.Name.LocalName);
        Assert.Contains("mine", _course.Read("artifacts/report/check/report.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_difference_is_no_failure_where_outputs_are_not_compared()
    {
        _course.WriteNotebook("mine.ipynb", "1 + 1");

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("check", "mine.ipynb", "--no-compare"));
    }

    [Fact]
    public async Task A_cell_that_takes_too_long_fails()
    {
        _course.WriteNotebook("slow.ipynb", "await Task.Delay(60_000);");

        Assert.Equal(ExitCode.CellFailed, await _course.TypeAsync("check", "slow.ipynb", "--timeout", "0.5"));

        Assert.Contains("0.5 s", _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notebook_that_cannot_be_read_does_not_keep_others_from_running()
    {
        _course.Write("a-broken.ipynb", "{ not json");
        _course.WriteSkipped("b-fine.ipynb");

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("check", "gone.ipynb", "."));

        Assert.Contains("✗ gone: could not be run", _course.Output, StringComparison.Ordinal);
        Assert.Contains("There is no notebook at", _course.Output, StringComparison.Ordinal);
        Assert.Contains("✗ a-broken: could not be run", _course.Output, StringComparison.Ordinal);
        Assert.Contains("is not JSON", _course.Output, StringComparison.Ordinal);
        Assert.Contains("b-fine: skipped", _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_kernel_is_told_with_those_there_are()
    {
        _course.WriteNotebook("mine.ipynb", "1");

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("check", "mine.ipynb", "--kernel", "cobol"));

        Assert.Contains("cobol", _course.Output, StringComparison.Ordinal);
        Assert.Contains(".net-csharp", _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reports_go_where_they_are_wanted()
    {
        _course.WriteSkipped("mine.ipynb");

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("check", "mine.ipynb", "--report", "here"));

        Assert.True(File.Exists(_course.PathOf("here/report.html")));
        Assert.True(File.Exists(_course.PathOf("here/junit.xml")));
        Assert.Contains(Path.Combine("here", "report.html"), _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_that_cannot_be_written_leave_the_table()
    {
        _course.WriteSkipped("mine.ipynb");
        var file = _course.Write("here", "a file");

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("check", "mine.ipynb", "--report", "here"));

        Assert.Contains("│ mine", _course.Output, StringComparison.Ordinal);
        Assert.Contains($"The reports could not be written. {file} is a file", _course.Error, StringComparison.Ordinal);
        Assert.Equal("a file", _course.Read("here"));
    }

    [Fact]
    public async Task A_folder_without_notebooks_is_told()
    {
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("check", "notebooks"));

        Assert.Contains("There are no notebooks", _course.Error, StringComparison.Ordinal);
    }
}
