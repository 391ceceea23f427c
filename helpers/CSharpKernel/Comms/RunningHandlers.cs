namespace CSharpKernel.Comms;

/// <summary>What runs beside the cells, so that an interrupt reaches it.</summary>
internal sealed class RunningHandlers
{
    private readonly Lock _lock = new();
    private readonly HashSet<CancellationTokenSource> _running = [];

    /// <summary>Adds something that runs, until what is returned is disposed.</summary>
    public Entry Add()
    {
        var source = new CancellationTokenSource();
        lock (_lock)
            _running.Add(source);
        return new Entry(this, source);
    }

    /// <summary>Interrupts all that runs now.</summary>
    public void Interrupt()
    {
        CancellationTokenSource[] running;
        lock (_lock)
            running = [.. _running];
        foreach (var source in running)
            _ = source.CancelAsync();
    }

    /// <summary>One thing that runs.</summary>
    internal readonly struct Entry(RunningHandlers all, CancellationTokenSource source) : IDisposable
    {
        /// <summary>Fires when it is interrupted.</summary>
        public CancellationToken Token => source.Token;

        // The source is not disposed: an interrupt may hold it at this moment.
        public void Dispose()
        {
            lock (all._lock)
                all._running.Remove(source);
        }
    }
}
