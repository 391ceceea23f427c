using System.Globalization;
using CSharpKernel.Display;

namespace CSharpKernel.Execution;

/// <summary>
/// Keeps a cell that displays in a loop from flooding the front ends: of the updates that one display gets within 50 ms the last is
/// sent, and beyond a budget displays are left out, except for the last ones.
/// </summary>
/// <param name="send">Sends a display or an update.</param>
/// <param name="write">Writes to a stream.</param>
/// <param name="budget">What may be sent.</param>
/// <param name="time">The clock.</param>
internal sealed class DisplayLimiter(Action<DisplayBundle, string, bool> send, Action<string, string> write, OutputBudget budget, TimeProvider time)
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DisplayBundle Bundle, long Order)> _updates = [];
    private readonly Dictionary<string, long> _recent = [];
    private readonly Queue<(DisplayBundle Bundle, string DisplayId)> _last = new();
    private long _order;
    private long _leftOut;
    private bool _isScheduled;

    /// <summary>Shows something new.</summary>
    public void Show(DisplayBundle bundle, string displayId)
    {
        lock (_lock)
        {
            if (_leftOut == 0 && budget.TryTake(CostOf(bundle)))
            {
                send(bundle, displayId, false);
                return;
            }

            _leftOut++;
            _last.Enqueue((bundle, displayId));
            if (_last.Count > OutputLimits.LastDisplays)
                _last.Dequeue();
            Schedule();
        }
    }

    /// <summary>Shows something in the place of a display.</summary>
    public void Update(DisplayBundle bundle, string displayId)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (!_updates.ContainsKey(displayId) && !(_recent.TryGetValue(displayId, out var before) && time.GetElapsedTime(before, now) < Delay) && budget.TryTake(CostOf(bundle)))
            {
                _recent[displayId] = now;
                send(bundle, displayId, true);
            }
            else
            {
                _updates[displayId] = (bundle, _order++);
            }

            Schedule();
        }
    }

    /// <summary>Sends what has been held back.</summary>
    public void Finish()
    {
        lock (_lock)
        {
            SendUpdates();
            SendLast();
        }
    }

    private void Schedule()
    {
        if (_isScheduled)
            return;
        _isScheduled = true;
        _ = FlushLaterAsync();
    }

    private async Task FlushLaterAsync()
    {
        bool isMore;
        do
        {
            await Task.Delay(Delay, time).ConfigureAwait(false);
            lock (_lock)
            {
                _recent.Clear();
                if (_updates.Count > 0 && budget.TryTake(_updates.Values.Sum(each => CostOf(each.Bundle))))
                    SendUpdates();
                if (_leftOut > 0 && budget.TryTake(_last.Sum(each => CostOf(each.Bundle))))
                    SendLast();
                isMore = _isScheduled = _updates.Count > 0 || _leftOut > 0;
            }
        }
        while (isMore);
    }

    private void SendUpdates()
    {
        foreach (var (displayId, (bundle, _)) in _updates.OrderBy(each => each.Value.Order))
            send(bundle, displayId, true);
        _updates.Clear();
    }

    private void SendLast()
    {
        if (_leftOut > _last.Count)
            write("stderr", OutputLimits.Describe(string.Create(CultureInfo.InvariantCulture, $"{_leftOut - _last.Count} displays were")));
        _leftOut = 0;
        while (_last.TryDequeue(out var next))
            send(next.Bundle, next.DisplayId, false);
    }

    private static long CostOf(DisplayBundle bundle) =>
        OutputLimits.DisplayCost + bundle.Data.Values.Sum(value => value is string text ? text.Length : 0L);
}
