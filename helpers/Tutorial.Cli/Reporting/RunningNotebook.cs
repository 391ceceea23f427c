using NotebookTestRunner.Events;

namespace Tutorial.Cli.Reporting;

/// <summary>What the terminal shows of a notebook while it runs.</summary>
internal sealed class RunningNotebook(NotebookStarted notebook, string place, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private PrintedLine _printed = new();
    private string _doing = "starting the kernel";
    private int _cell;

    /// <summary>The notebook's path.</summary>
    public string Path => notebook.NotebookPath;

    /// <summary>The last line that its running cell printed.</summary>
    public string Printed => _printed.Text;

    /// <summary>When it last had something to show.</summary>
    public long Spoke { get; private set; }

    /// <summary>Takes the next step of the notebook.</summary>
    public void Take(RunEvent step)
    {
        switch (step)
        {
            case CellStarted cell:
                _cell++;
                _doing = PrintedLine.Visible(cell.FirstLine);
                _printed = new PrintedLine();
                break;
            case CellPrinted printed:
                _printed.Append(printed.Text);
                Spoke = time.GetTimestamp();
                break;
        }
    }

    /// <summary>Name, place, cell, time and what it does.</summary>
    public string Line(bool stopping)
    {
        var elapsed = time.GetElapsedTime(_started);
        var cell = _cell == 0 ? "" : FormattableString.Invariant($"  cell {_cell} of {notebook.CodeCells}");
        var state = stopping ? "stopping; Ctrl-C once more quits at once" : _doing;
        return FormattableString.Invariant(
            $"▸ {System.IO.Path.GetFileNameWithoutExtension(Path)}{place}{cell}  {(int)elapsed.TotalMinutes}:{elapsed:ss}  {state}");
    }
}
