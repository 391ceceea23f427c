using NotebookTestRunner.Events;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Tutorial.Cli.Reporting;

/// <summary>On a terminal: below the lines that stay, one that moves for each running notebook, and the last line that a cell printed.</summary>
internal sealed class TerminalDisplay(IAnsiConsole console, TimeProvider time, int count) : IRunDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    private readonly PlainDisplay _lines = new(console);
    private readonly Lock _gate = new();
    private readonly List<RunningNotebook> _running = [];
    private LiveDisplayContext? _live;
    private string _shown = "";
    private bool _stopping;
    private int _begun;

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
    public void Report(RunEvent value)
    {
        lock (_gate)
        {
            if (value is NotebookFinished { Result.CachedFrom: not null })
                _begun++;
            if (value is NotebookStarted started)
                _running.Add(new RunningNotebook(started, count == 1 ? "" : FormattableString.Invariant($" [{++_begun}/{count}]"), time));
            else if (value is CellFinished or NotebookFinished)
                Blank();
            _running.Find(notebook => notebook.Path == value.NotebookPath)?.Take(value);
            if (value is NotebookFinished)
                _running.RemoveAll(notebook => notebook.Path == value.NotebookPath);
            _lines.Report(value);
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
        _shown = "";
        _live?.UpdateTarget(new Text(""));
    }

    private void Refresh()
    {
        lock (_gate)
        {
            var lines = _running.Select(notebook => Cut(notebook.Line(_stopping))).ToList();
            var printed = _running.MaxBy(notebook => notebook.Spoke) is { } last ? Cut($"  {last.Printed}") : "";
            var frame = string.Join('\n', [.. lines, printed]);
            if (_live is null || frame == _shown)
                return;
            _shown = frame;
            _live.UpdateTarget(new Rows([.. lines.Select(line => (IRenderable)new Text(line, Color.Blue)), new Text(printed, Color.Grey)]));
        }
    }

    /// <summary>One line, cut before the terminal ends: a wrapped one, or the terminal's own ^C behind it, would make the display jump.</summary>
    private string Cut(string text)
    {
        var width = Math.Max(1, console.Profile.Width - 4);
        return text.Length <= width ? text : $"{text[..(width - 1)]}…";
    }
}
