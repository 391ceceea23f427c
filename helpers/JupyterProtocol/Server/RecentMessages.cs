namespace JupyterProtocol.Server;

/// <summary>Remembers the latest message ids, so that a recorded message cannot be played to the kernel again.</summary>
internal sealed class RecentMessages
{
    // jupyter_client's Session remembers as many (digest_history_size).
    private const int Capacity = 65536;

    private readonly HashSet<string> _known = [];
    private readonly Queue<string> _order = new();
    private readonly Lock _lock = new();

    /// <summary>False when the id was seen before.</summary>
    public bool Add(string messageId)
    {
        lock (_lock)
        {
            if (!_known.Add(messageId))
                return false;
            _order.Enqueue(messageId);
            if (_order.Count > Capacity)
                _known.Remove(_order.Dequeue());
            return true;
        }
    }
}
