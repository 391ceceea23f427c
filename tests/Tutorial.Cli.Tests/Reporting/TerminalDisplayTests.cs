using Microsoft.Extensions.Time.Testing;
using NotebookTestRunner;
using NotebookTestRunner.Events;
using Spectre.Console;
using Tutorial.Cli.Reporting;

namespace Tutorial.Cli.Tests.Reporting;

public sealed class TerminalDisplayTests
{
    private const string Path = "/notebooks/03-two.ipynb";
    private static readonly CellResult Failed = new() { Number = 4, FirstLine = "var x = 1;", Verdict = Verdict.Failed, Message = "It broke." };

    [Fact]
    public async Task The_running_cell_and_the_last_line_it_printed_are_shown_and_replaced()
    {
        var time = new FakeTimeProvider();
        using var writer = new StringWriter();
        var display = new TerminalDisplay(Terminal(writer), time, count: 4);
        await display.WhileAsync(() =>
        {
            display.Report(new NotebookStarted(Path, ".net-csharp", 7));
            display.Report(new CellStarted(Path, 3, "Train();"));
            display.Report(new CellPrinted(Path, 3, "\rEpoch 1/10\rEpoch 2/10"));
            time.Advance(TimeSpan.FromSeconds(61));
            display.Stopping();
            time.Advance(TimeSpan.FromSeconds(1));
            return Task.CompletedTask;
        });

        Assert.Contains("▸ 03-two [1/4]  cell 1 of 7  1:01  Train();", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("  Epoch 2/10", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("1:02  stopping; Ctrl-C once more quits at once", writer.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\u001b[?25h", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_cells_and_finished_notebooks_stay_as_lines_of_their_own()
    {
        using var writer = new StringWriter();
        var display = new TerminalDisplay(Terminal(writer), new FakeTimeProvider(), count: 1);
        await display.WhileAsync(() =>
        {
            display.Report(new NotebookStarted(Path, ".net-csharp", 1));
            display.Report(new CellFinished(Path, Failed));
            display.Report(new NotebookFinished(Path, new NotebookResult { Path = Path, Cells = [Failed] }));
            return Task.CompletedTask;
        });

        Assert.Contains("03-two, cell 4: var x = 1;", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("    It broke.", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("03-two: 1 cell failed (1 cell, 0.0 s)", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_notebook_that_runs_has_a_line_of_its_own()
    {
        var time = new FakeTimeProvider();
        using var writer = new StringWriter();
        var display = new TerminalDisplay(Terminal(writer), time, count: 12);
        await display.WhileAsync(() =>
        {
            display.Report(new NotebookStarted(Path, ".net-csharp", 7));
            display.Report(new NotebookStarted("/notebooks/04-three.ipynb", ".net-csharp", 3));
            display.Report(new CellStarted("/notebooks/04-three.ipynb", 2, "Train();"));
            display.Report(new CellPrinted("/notebooks/04-three.ipynb", 2, "Epoch 1"));
            time.Advance(TimeSpan.FromSeconds(2));
            writer.GetStringBuilder().Clear();
            display.Report(new NotebookFinished(Path, new NotebookResult { Path = Path }));
            time.Advance(TimeSpan.FromSeconds(2));
            return Task.CompletedTask;
        });

        Assert.Contains("03-two: passed", writer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("▸ 03-two", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("▸ 04-three [2/12]  cell 1 of 3  0:04  Train();", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("  Epoch 1", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_longer_than_the_terminal_is_cut()
    {
        var time = new FakeTimeProvider();
        using var writer = new StringWriter();
        var display = new TerminalDisplay(Terminal(writer), time, count: 1);
        await display.WhileAsync(() =>
        {
            display.Report(new NotebookStarted(Path, ".net-csharp", 1));
            display.Report(new CellStarted(Path, 3, new string('x', 500)));
            time.Advance(TimeSpan.FromSeconds(1));
            return Task.CompletedTask;
        });

        Assert.Contains("x…", writer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 100), writer.ToString(), StringComparison.Ordinal);
    }

    private static IAnsiConsole Terminal(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 100;
        return console;
    }
}
