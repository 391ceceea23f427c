namespace JupyterProtocol.Server;

/// <summary>
/// Remembers the signatures of the latest messages, so that a recorded message cannot be played to the kernel again. Signatures and not
/// message ids: jupyter_client's manager and its client count their ids on their own, under one session, so the same id comes twice.
/// </summary>
internal sealed class RecentMessages
{
    // jupyter_client's Session remembers as many (digest_history_size).
    private const int Capacity = 65536;

    private readonly HashSet<string> _known = [];
    private readonly Queue<string> _order = new();
    private readonly Lock _lock = new();

    /// <summary>False when the signature was seen before.</summary>
    public bool Add(string signature)
    {
        lock (_lock)
        {
            if (!_known.Add(signature))
                return false;
            _order.Enqueue(signature);
            if (_order.Count > Capacity)
                _known.Remove(_order.Dequeue());
            return true;
        }
    }
}
