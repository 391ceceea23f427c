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
    public async Task A_notebook_that_passed_is_not_run_again_with_a_cache_and_the_table_says_so()
    {
        _course.WriteNotebook("mine.ipynb", "var sum = 1 + 2;");
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("check", "mine.ipynb", "--cache"));
        Assert.DoesNotContain("not run again", _course.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("check", "mine.ipynb", "--cache"));

        Assert.Matches(@"✓ mine: passed on \d{4}-\d\d-\d\d \d\d:\d\d UTC, not run again", _course.Output);
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("check", "mine.ipynb", "--cache", "--update"));
        Assert.Contains("--cache takes the verdict of whole runs that passed, so it cannot be used with --update", _course.Error, StringComparison.Ordinal);
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
    public async Task What_is_not_done_when_the_time_of_the_whole_run_is_up_is_told()
    {
        _course.WriteNotebook("slow.ipynb", "await Task.Delay(60_000);");
        _course.WriteNotebook("waiting.ipynb", "1");

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("check", "slow.ipynb", "waiting.ipynb", "--run-timeout", "3"));

        Assert.Matches("waiting .*– not run", _course.Output);
        Assert.Contains("took longer than 3 s together", _course.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kernel_that_takes_longer_to_start_than_it_may_is_told()
    {
        _course.WriteNotebook("mine.ipynb", "1");

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("check", "mine.ipynb", "--start-timeout", "0.001"));

        Assert.Contains("did not answer within", _course.Output, StringComparison.Ordinal);
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
        Assert.Contains($"{Path.Combine(file, "report.html")} could not be written. {file} is a file", _course.Error, StringComparison.Ordinal);
        Assert.Equal("a file", _course.Read("here"));
    }

    [Fact]
    public async Task One_report_that_cannot_be_written_keeps_no_other_back()
    {
        _course.WriteSkipped("mine.ipynb");
        var file = _course.Write("blocked", "a file");

        Assert.Equal(
            ExitCode.CouldNotRun,
            await _course.TypeAsync("check", "mine.ipynb", "--report", "here", "--html", "blocked/x.html", "--junit", "out/j.xml", "--trx", "out/t.trx", "--json", "out/r.json", "--sarif", "out/c.sarif", "--markdown", "out/s.md"));

        Assert.Contains($"{file} is a file where a folder is needed", _course.Error, StringComparison.Ordinal);
        Assert.All(["out/j.xml", "out/t.trx", "out/r.json", "out/c.sarif", "out/s.md", "here/history.json"], report => Assert.True(File.Exists(_course.PathOf(report)), report));
        Assert.False(File.Exists(_course.PathOf("here/junit.xml")));
    }

    [Fact]
    public async Task A_selected_cell_is_judged_alone()
    {
        _course.WriteNotebook("mine.ipynb", "1", "var x = 2;", "Console.WriteLine(x);");

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("check", "mine.ipynb", "--cell", "2"));
        Assert.Equal(ExitCode.CellFailed, await _course.TypeAsync("check", "mine.ipynb", "--filter", "writeline"));
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("check", "mine.ipynb", "--tag", "slow"));
        Assert.Contains("No cell of these notebooks is selected", _course.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--cell", "1", true)]
    [InlineData("--tag", "slow", true)]
    [InlineData("--tag", "slow", false, "torn.ipynb")]
    [InlineData("--timeout", "5", false)]
    public async Task A_selection_that_leaves_nothing_to_judge_is_told_as_such_and_nothing_else_is(string option, string value, bool isTold, params string[] others)
    {
        _course.WriteSkipped("mine.ipynb");
        _course.Write("text.ipynb", "{\"cells\": [], \"metadata\": {\"kernelspec\": {\"name\": \".net-csharp\"}}, \"nbformat\": 4, \"nbformat_minor\": 4}");
        _course.Write("torn.ipynb", "{");

        var code = await _course.TypeAsync(["check", "mine.ipynb", "text.ipynb", .. others, option, value]);

        Assert.Equal(isTold || others.Length > 0 ? ExitCode.CouldNotRun : ExitCode.Success, code);
        Assert.Equal(isTold, _course.Error.Contains("No cell of these notebooks is selected", StringComparison.Ordinal));
        Assert.Equal(!isTold, File.Exists(_course.PathOf("artifacts/report/check/history.json")));
        Assert.Equal(!isTold, _course.Output.Contains("│ mine", StringComparison.Ordinal));
        Assert.Equal(!isTold, _course.Output.Contains("Report: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Parameters_are_set_in_the_real_kernel()
    {
        _course.WriteNotebook("mine.ipynb", "if (x != 3) throw new Exception($\"x is {x}\");");

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("check", "mine.ipynb", "-p", "x=3"));
    }

    [Fact]
    public async Task Notebooks_run_together_and_are_told_in_their_order()
    {
        var names = Enumerable.Range(1, 3).Select(i => $"n{i}").ToList();
        names.ForEach(name => _course.WriteNotebook($"{name}.ipynb", "var x = 1;"));

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("check", ".", "--parallel", "3"));

        var table = _course.Output[_course.Output.IndexOf('╭', StringComparison.Ordinal)..];
        Assert.Equal(names, names.OrderBy(name => table.IndexOf(name, StringComparison.Ordinal)));
        Assert.Equal(names, XDocument.Parse(_course.Read("artifacts/report/check/junit.xml")).Root!.Elements("testsuite").Select(suite => (string)suite.Attribute("name")!));
    }

    [Fact]
    public async Task GitHub_is_told_the_line_of_the_cell_in_the_file()
    {
        _course.Context = _course.Context with { GitHubWorkspace = _course.Root, GitHubStepSummary = _course.Write("summary.md", "before\n") };
        _course.WriteNotebook("sub/mine.ipynb", "throw new Exception(\"100 %, really\");");

        Assert.Equal(ExitCode.CellFailed, await _course.TypeAsync("check", "sub", "--github"));

        Assert.Contains("::error file=sub/mine.ipynb,line=1,title=mine.ipynb%2C cell 1%3A throw new Exception(\"100 %25%2C really\");::", _course.Output, StringComparison.Ordinal);
        Assert.StartsWith("before\n## Notebook report", _course.Read("summary.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_notebook_that_fails_among_others_is_enough()
    {
        _course.WriteSkipped("a.ipynb");
        _course.Write("b.ipynb", "{\"cells\": [{\"cell_type\": \"markdown\", \"metadata\": {}, \"source\": \"[text](gone.md)\"}], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 4}");

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("check", "a.ipynb", "--static"));
        Assert.Equal(ExitCode.CellFailed, await _course.TypeAsync("check", "a.ipynb", "b.ipynb", "--static"));
    }

    [Fact]
    public async Task GitHub_is_told_of_a_notebook_that_cannot_be_read()
    {
        _course.Write("torn.ipynb", "{");

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("check", "torn.ipynb", "--github"));

        Assert.Contains("::error file=torn.ipynb,line=1,title=torn.ipynb::", _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_executed_when_only_the_file_is_judged()
    {
        _course.WriteNotebook("mine.ipynb", "System.IO.File.WriteAllText(\"ran\", \"\");");

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("check", "mine.ipynb", "--static"));

        Assert.False(File.Exists(_course.PathOf("ran")));
    }

    [Theory]
    [InlineData("--cell", "x", "names no cells")]
    [InlineData("--filter", "/(/", "no regular expression")]
    [InlineData("--parallel", "0", "no number of notebooks")]
    [InlineData("-p", "x", "sets no parameter")]
    [InlineData("--notebook-timeout", "-1", "no time limit")]
    public async Task Values_that_mean_nothing_are_wrong_usage(string option, string value, string said)
    {
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("check", "mine.ipynb", option, value));

        Assert.Contains(said, _course.Error, StringComparison.Ordinal);
        Assert.Empty(_course.Output);
    }

    [Fact]
    public async Task The_cells_are_listed_with_what_selects_them()
    {
        _course.Write("mine.ipynb", """
            {"cells": [
              {"cell_type": "markdown", "metadata": {}, "source": "# Title"},
              {"cell_type": "code", "execution_count": null, "metadata": {"tags": ["parameters", "slow"]}, "outputs": [], "source": "double rate = 0.5;"}
            ], "metadata": {"kernelspec": {"name": ".net-csharp"}}, "nbformat": 4, "nbformat_minor": 4}
            """);
        _course.Write("torn.ipynb", "{");

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("check", "list", "."));

        Assert.Equal("mine.ipynb (.net-csharp)\n  -p rate=0.5 (double)\n    2  double rate = 0.5;  [parameters, slow]\n", _course.Output.ReplaceLineEndings("\n"));
        Assert.Contains("torn.ipynb", _course.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_notebooks_is_told()
    {
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("check", "notebooks"));

        Assert.Contains("There are no notebooks", _course.Error, StringComparison.Ordinal);
    }
}
