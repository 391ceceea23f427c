using System.Buffers;

namespace JupyterProtocol.Transport;

/// <summary>How one connection proves who it is and hides what it says.</summary>
internal interface ISecurityMechanism
{
    /// <summary>The name in the greeting.</summary>
    string Name { get; }

    /// <summary>Whether this is the mechanism's server.</summary>
    bool IsServer { get; }

    /// <summary>Does what follows the greeting.</summary>
    /// <param name="send">Sends a command.</param>
    /// <param name="receive">Waits for the peer's next command.</param>
    /// <param name="own">What is told of this side.</param>
    /// <returns>What the peer tells of itself.</returns>
    /// <exception cref="TransportException">The peer is not who it has to be.</exception>
    Task<PeerProperties> HandshakeAsync(Func<byte[], Task> send, Func<Task<byte[]>> receive, PeerProperties own);

    /// <summary>Writes a frame as it goes over the wire.</summary>
    void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> body, FrameFlags flags);

    /// <summary>Reads a frame's body and flags as they came over the wire.</summary>
    /// <exception cref="TransportException">It was not written by this peer.</exception>
    (byte[] Body, FrameFlags Flags) Read(byte[] body, FrameFlags flags);
}
