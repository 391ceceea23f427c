using NotebookTestRunner.Events;

namespace NotebookTestRunner.Series;

/// <summary>Passes on the steps of notebooks that run together one at a time, and has the next kernel started once a notebook's own is up.</summary>
internal sealed class SeriesProgress(IProgress<RunEvent>? progress, Action prepareNext) : IProgress<RunEvent>
{
    private readonly HashSet<string> begun = [];

    /// <summary>Held while anything about the series changes.</summary>
    public Lock Gate { get; } = new();

    public void Report(RunEvent value)
    {
        lock (Gate)
        {
            // Not earlier: two kernels that start at once only keep each other waiting.
            if (value is CellStarted && begun.Add(value.NotebookPath)) prepareNext();
            progress?.Report(value);
        }
    }
}
