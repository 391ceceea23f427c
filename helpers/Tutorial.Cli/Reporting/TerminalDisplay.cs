using NotebookTestRunner;
using NotebookTestRunner.Events;
using Spectre.Console;

namespace Tutorial.Cli.Reporting;

/// <summary>On a terminal: below the lines that stay, two that move, with the running cell and the last line it printed.</summary>
internal sealed class TerminalDisplay(IAnsiConsole console, TimeProvider time) : IRunDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    private readonly PlainDisplay _lines = new(console);
    private readonly Lock _gate = new();
    private LiveDisplayContext? _live;
    private (string First, string Second) _shown;
    private bool _stopping;
    private string _notebook = "";
    private string _place = "";
    private string _doing = "";
    private int _codeCells;
    private int _cell;
    private long _started;
    private PrintedLine _printed = new();

    /// <inheritdoc/>
    public Task WhileAsync(Func<Task> work) =>
        console.Live(new Text("")).AutoClear(true).StartAsync(async live =>
        {
            _live = live;
            await using var timer = time.CreateTimer(_ => Refresh(), null, Interval, Interval);
            await work();
            lock (_gate)
                _live = null;
        });

    /// <inheritdoc/>
    public void Start(string notebook, int number, int count)
    {
        lock (_gate)
        {
            _lines.Start(notebook, number, count);
            _notebook = Path.GetFileNameWithoutExtension(notebook);
            _place = count == 1 ? "" : FormattableString.Invariant($" [{number}/{count}]");
            _doing = "starting the kernel";
            (_cell, _codeCells) = (0, 0);
            _started = time.GetTimestamp();
            _printed = new PrintedLine();
        }
    }

    /// <inheritdoc/>
    public void Report(RunEvent value)
    {
        lock (_gate)
        {
            switch (value)
            {
                case NotebookStarted started:
                    _codeCells = started.CodeCells;
                    break;
                case CellStarted cell:
                    _cell++;
                    _doing = PrintedLine.Visible(cell.FirstLine);
                    _printed = new PrintedLine();
                    break;
                case CellPrinted printed:
                    _printed.Append(printed.Text);
                    break;
                case CellFinished:
                    Blank();
                    _lines.Report(value);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void Finish(NotebookResult result)
    {
        lock (_gate)
        {
            Blank();
            _lines.Finish(result);
        }
    }

    /// <inheritdoc/>
    public void Stopping()
    {
        lock (_gate)
            _stopping = true;
    }

    /// <summary>What is written next goes over the live lines, and would leave their ends standing.</summary>
    private void Blank()
    {
        _shown = default;
        _live?.UpdateTarget(new Text(""));
    }

    private void Refresh()
    {
        lock (_gate)
        {
            var frame = Frame();
            if (_live is null || frame == _shown)
                return;
            _shown = frame;
            _live.UpdateTarget(new Rows(new Text(frame.First, Color.Blue), new Text(frame.Second, Color.Grey)));
        }
    }

    private (string First, string Second) Frame()
    {
        var elapsed = time.GetElapsedTime(_started);
        var cell = _cell == 0 ? "" : FormattableString.Invariant($"  cell {_cell} of {_codeCells}");
        var state = _stopping ? "stopping; Ctrl-C once more quits at once" : _doing;
        return (Cut(FormattableString.Invariant($"▸ {_notebook}{_place}{cell}  {(int)elapsed.TotalMinutes}:{elapsed:ss}  {state}")), Cut($"  {_printed.Text}"));
    }

    /// <summary>One line, cut before the terminal ends: a wrapped one, or the terminal's own ^C behind it, would make the display jump.</summary>
    private string Cut(string text)
    {
        var width = Math.Max(1, console.Profile.Width - 4);
        return text.Length <= width ? text : $"{text[..(width - 1)]}…";
    }
}
