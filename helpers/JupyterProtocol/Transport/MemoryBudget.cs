namespace JupyterProtocol.Transport;

/// <summary>Bytes that several connections share. Used on the socket thread only.</summary>
internal sealed class MemoryBudget(long limit)
{
    private long _taken;

    /// <summary>Takes bytes.</summary>
    /// <exception cref="TransportException">There are not enough left.</exception>
    public void Take(long bytes)
    {
        if (_taken + bytes > limit)
            throw new TransportException($"More than {limit} bytes of unfinished messages are arriving at once.");
        _taken += bytes;
    }

    /// <summary>Gives bytes back.</summary>
    public void Return(long bytes) => _taken -= bytes;
}
