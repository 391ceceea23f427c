namespace JupyterProtocol.Transport;

/// <summary>The first byte of a frame (https://rfc.zeromq.org/spec/23/).</summary>
[Flags]
internal enum FrameFlags : byte
{
    /// <summary>The last frame of a message.</summary>
    None = 0,

    /// <summary>More frames of the message follow.</summary>
    More = 1,

    /// <summary>The size takes eight bytes.</summary>
    Long = 2,

    /// <summary>The frame is for the transport, not for its user.</summary>
    Command = 4,
}
