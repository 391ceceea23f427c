using NotebookTestRunner;
using NotebookTestRunner.Events;
using Tutorial.Cli.Reporting;

namespace Tutorial.Cli.Tests.Reporting;

public sealed class PlainDisplayTests : IDisposable
{
    private const string Path = "/notebooks/03-two.ipynb";

    private readonly StringWriter _writer = new();
    private readonly PlainDisplay _display;

    public PlainDisplayTests()
    {
        _display = new PlainDisplay(Course.CreateConsole(_writer));
        _display.Start(Path, 1, 1);
    }

    public void Dispose() => _writer.Dispose();

    [Fact]
    public void Cells_that_pass_are_silent_and_a_notebook_is_one_line()
    {
        var cell = new CellResult { Number = 2, FirstLine = "1", Verdict = Verdict.Passed };

        _display.Report(new NotebookStarted(Path, ".net-csharp", 1));
        _display.Report(new CellStarted(Path, 2, "1"));
        _display.Report(new CellPrinted(Path, 2, "words"));
        _display.Report(new CellFinished(Path, cell));
        _display.Finish(new NotebookResult { Path = Path, Cells = [cell], Duration = TimeSpan.FromSeconds(2.5) });

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
        _display.Finish(NotebookResult.FromError(Path, new NotebookRunException("It is not JSON.")));

        Assert.Equal("✗ 03-two: could not be run\n    It is not JSON.\n", _writer.ToString());
    }

    private void Fail(string message) =>
        _display.Report(new CellFinished(Path, new CellResult { Number = 5, FirstLine = "a[0] = 1;", Verdict = Verdict.Failed, Message = message }));
}
