using CSharpKernel.Execution;

namespace CSharpKernel.Widgets;

/// <summary>
/// Sends the changes of widgets, together and not too often: a loop that sets a value a hundred thousand times must neither flood the
/// front end nor wait for it.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class WidgetUpdates(TimeProvider time)
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly Lock _sending = new();
    private readonly HashSet<Widget> _changed = [];
    private bool _isScheduled;

    /// <summary>Sends a widget's changes within a moment.</summary>
    public void Add(Widget widget)
    {
        lock (_lock)
        {
            _changed.Add(widget);
            if (_isScheduled)
                return;
            _isScheduled = true;
        }

        _ = FlushLaterAsync();
    }

    /// <summary>Sends all changes now. When it returns they are sent, also those that another thread was about to send.</summary>
    public void Flush()
    {
        lock (_sending)
        {
            Widget[] changed;
            lock (_lock)
            {
                changed = [.. _changed];
                _changed.Clear();
            }

            foreach (var widget in changed)
                widget.SendNow();
        }
    }

    /// <summary>
    /// Sends all changes at the end of a cell, and brings what the cell showed up to date for those who will read it without a kernel.
    /// Only then, because front ends draw anew what is shown anew.
    /// </summary>
    public void End(CellContext cell)
    {
        Flush();
        while (cell.Refreshes.TryDequeue(out var refresh))
            refresh();
    }

    private async Task FlushLaterAsync()
    {
        // Not on the cell's own threads, which may be busy or stopped.
        await Task.Delay(Delay, time).ConfigureAwait(false);
        lock (_lock)
            _isScheduled = false;
        Flush();
    }
}
