namespace MLflowSharp.Journal.Delivery;

/// <summary>Wakes one thread. Unlike an event of the system it may be used after the thread is gone.</summary>
internal sealed class Signal
{
    private readonly object _gate = new();
    private bool _isSet;

    public void Set()
    {
        lock (_gate)
        {
            _isSet = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits until it is set, or a time is over, and takes it back.</summary>
    public void Wait(int milliseconds = Timeout.Infinite)
    {
        lock (_gate)
        {
            if (!_isSet)
                Monitor.Wait(_gate, milliseconds);
            _isSet = false;
        }
    }
}
