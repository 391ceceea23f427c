namespace JupyterProtocol.Transport;

/// <summary>Messages that wait to be sent to one peer, bounded in bytes. May be used from any thread.</summary>
internal sealed class OutgoingQueue(TransportLimits limits)
{
    // What a status message takes; the kernel's streams come in larger pieces.
    private const int Small = 2048;

    private readonly Queue<(IReadOnlyList<byte[]> Frames, long Bytes)> _messages = new();
    private readonly Lock _lock = new();
    private long _bytes;

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _messages.Count == 0;
        }
    }

    /// <summary>Adds a message; false when it is dropped because its peer does not read.</summary>
    public bool TryAdd(IReadOnlyList<byte[]> frames)
    {
        // The overhead of a message counts too: many empty ones take memory as well.
        var bytes = 64 + frames.Sum(frame => 32L + frame.Length);
        lock (_lock)
        {
            if (_messages.Count > 0 && _bytes + bytes > limits.Outgoing + (bytes <= Small ? limits.Reserve : 0))
                return false;
            _bytes += bytes;
            _messages.Enqueue((frames, bytes));
            return true;
        }
    }

    /// <summary>Takes the next message, if there is one.</summary>
    public IReadOnlyList<byte[]>? Take()
    {
        lock (_lock)
        {
            if (!_messages.TryDequeue(out var next))
                return null;
            _bytes -= next.Bytes;
            return next.Frames;
        }
    }
}
