using System.Buffers;

namespace JupyterProtocol.Transport;

/// <summary>No security: whoever connects is heard (https://rfc.zeromq.org/spec/23/#the-null-security-mechanism).</summary>
internal sealed class NullMechanism : ISecurityMechanism
{
    public string Name => "NULL";

    public bool IsServer => false;

    public async Task<PeerProperties> HandshakeAsync(Func<byte[], Task> send, Func<Task<byte[]>> receive, PeerProperties own)
    {
        await send(Command.Create("READY", own.ToBytes()));
        return PeerProperties.Parse(Command.Expect("READY", await receive()));
    }

    public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> body, FrameFlags flags) => FrameWriter.Write(output, body, flags);

    public (byte[] Body, FrameFlags Flags) Read(byte[] body, FrameFlags flags) => (body, flags);
}
