using NotebookTestRunner;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Events;
using Tutorial.Cli.Reporting;

namespace Tutorial.Cli.Tests.Reporting;

public sealed class PlainDisplayTests : IDisposable
{
    private const string Path = "/notebooks/03-two.ipynb";

    private readonly StringWriter _writer = new();
    private readonly PlainDisplay _display;

    public PlainDisplayTests() => _display = new PlainDisplay(Course.CreateConsole(_writer));

    public void Dispose() => _writer.Dispose();

    [Fact]
    public void Cells_that_pass_are_silent_and_a_notebook_is_one_line()
    {
        var cell = new CellResult { Number = 2, FirstLine = "1", Verdict = Verdict.Passed };

        _display.Report(new NotebookStarted(Path, ".net-csharp", 1));
        _display.Report(new CellStarted(Path, 2, "1"));
        _display.Report(new CellPrinted(Path, 2, "words"));
        _display.Report(new CellFinished(Path, cell));
        _display.Report(new NotebookFinished(Path, new NotebookResult { Path = Path, Cells = [cell], Duration = TimeSpan.FromSeconds(2.5) }));

        Assert.Equal("✓ 03-two: passed (1 cell, 2.5 s)\n", _writer.ToString());
    }

    [Fact]
    public void A_failed_cell_is_a_line_with_its_message_below()
    {
        Fail("It broke.\n\u001b[31m- 2\u001b[0m\n+ [3]\n");

        Assert.Equal("✗ 03-two, cell 5: a[0] = 1;\n    It broke.\n    - 2\n    + [3]\n", _writer.ToString());
    }

    [Fact]
    public void A_long_message_is_cut_with_a_pointer_to_the_report()
    {
        Fail(string.Join('\n', Enumerable.Range(1, 40)));

        Assert.EndsWith("    25\n    … 15 more lines in the report\n", _writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_notebook_that_could_not_be_run_says_why()
    {
        _display.Report(new NotebookFinished(Path, NotebookResult.FromError(Path, new NotebookRunException("It is not JSON."))));

        Assert.Equal("✗ 03-two: could not be run\n    It is not JSON.\n", _writer.ToString());
    }

    [Fact]
    public void Findings_that_belong_to_no_code_cell_are_lines_too()
    {
        _display.Report(new NotebookFinished(Path, new NotebookResult
        {
            Path = Path,
            Findings = [new Finding("links", 3, "There is no gone.md."), new Finding("clean-run", null, "It is large.", FindingSeverity.Warning)],
        }));

        Assert.Equal("✗ 03-two, cell 3: [links]\n    There is no gone.md.\n– 03-two: [clean-run]\n    It is large.\n✗ 03-two: 1 finding\n", _writer.ToString());
    }

    [Fact]
    public void Notebooks_that_run_together_are_told_apart()
    {
        var cell = new CellResult { Number = 1, FirstLine = "x", Verdict = Verdict.Failed, Message = "No." };

        _display.Report(new NotebookStarted(Path, ".net-csharp", 1));
        _display.Report(new NotebookStarted("/notebooks/04-three.ipynb", ".net-csharp", 1));
        _display.Report(new CellFinished(Path, cell));

        Assert.StartsWith("✗ 03-two, cell 1: x", _writer.ToString(), StringComparison.Ordinal);
    }

    private void Fail(string message) =>
        _display.Report(new CellFinished(Path, new CellResult { Number = 5, FirstLine = "a[0] = 1;", Verdict = Verdict.Failed, Message = message }));
}
