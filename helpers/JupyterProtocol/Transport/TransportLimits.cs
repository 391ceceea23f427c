namespace JupyterProtocol.Transport;

/// <summary>How much a socket gives its peers before it closes the connection or drops a message: nobody may fill the process's memory.</summary>
internal sealed record TransportLimits
{
    /// <summary>Limits for the channels that carry messages.</summary>
    public static TransportLimits Messages { get; } = new();

    /// <summary>Limits for the heartbeat, whose messages are a few bytes.</summary>
    public static TransportLimits Heartbeat { get; } = new() { Message = 64 << 10, Unfinished = 1 << 20, Outgoing = 1 << 20, Reserve = 0 };

    /// <summary>Limits for iopub, on which peers say no more than what they subscribe to.</summary>
    public static TransportLimits Subscriptions { get; } = new() { Message = 64 << 10, Unfinished = 1 << 20 };

    /// <summary>The longest command of a handshake, in bytes. Real ones have a few hundred.</summary>
    public int Handshake { get; init; } = 4096;

    /// <summary>How long a handshake may take, as in libzmq.</summary>
    public TimeSpan HandshakeTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most connections whose handshake is under way; a further one costs the oldest its place.</summary>
    public int Handshakes { get; init; } = 64;

    /// <summary>The most connections.</summary>
    public int Connections { get; init; } = 512;

    /// <summary>The longest message, all frames together, in bytes.</summary>
    public long Message { get; init; } = 256L << 20;

    /// <summary>The most frames in a message.</summary>
    public int Frames { get; init; } = 4096;

    /// <summary>The most bytes of messages that are still arriving, over all connections of a socket.</summary>
    public long Unfinished { get; init; } = 512L << 20;

    /// <summary>The most bytes that wait for one peer. Beyond, what is sent to it is lost.</summary>
    public long Outgoing { get; init; } = 128L << 20;

    /// <summary>More of that for small messages, so that one that was flooded still learns that its request is done.</summary>
    public long Reserve { get; init; } = 4L << 20;
}
