using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace JupyterProtocol.Transport.Curve;

/// <summary>What both sides of CurveZMQ do after the handshake: every frame is sealed, and numbered so that none can be played again (https://rfc.zeromq.org/spec/26/).</summary>
internal abstract class CurveMechanism : ISecurityMechanism, IDisposable
{
    private const byte MoreFlag = 1;
    private const byte CommandFlag = 2;

    private static readonly byte[] MessageName = [7, .. "MESSAGE"u8];

    private CurveBox? _sending;
    private CurveBox? _receiving;
    private ulong _sent;
    private ulong _received;

    public string Name => "CURVE";

    public abstract bool IsServer { get; }

    public abstract Task<PeerProperties> HandshakeAsync(Func<byte[], Task> send, Func<Task<byte[]>> receive, PeerProperties own);

    public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> body, FrameFlags flags)
    {
        var text = new byte[body.Length + 1];
        text[0] = (byte)((flags.HasFlag(FrameFlags.More) ? MoreFlag : 0) | (flags.HasFlag(FrameFlags.Command) ? CommandFlag : 0));
        body.CopyTo(text.AsSpan(1));
        var number = NextNumber();
        var box = _sending!.Seal(text, CurveBox.Nonce(IsServer ? "CurveZMQMESSAGES" : "CurveZMQMESSAGEC", number));
        // What is inside says whether more follow; outside every frame looks alike.
        FrameWriter.WriteHeader(output, MessageName.Length + number.Length + box.Length, FrameFlags.None);
        output.Write(MessageName);
        output.Write(number);
        output.Write(box);
    }

    public (byte[] Body, FrameFlags Flags) Read(byte[] body, FrameFlags flags)
    {
        var start = MessageName.Length;
        if (body.Length < start + 8 + CurveBox.Overhead + 1 || !body.AsSpan(0, start).SequenceEqual(MessageName))
            throw new TransportException("The peer sent something that is not sealed.");
        var text = _receiving!.Open(body.AsSpan(start + 8), CurveBox.Nonce(IsServer ? "CurveZMQMESSAGEC" : "CurveZMQMESSAGES", Accept(body.AsSpan(start, 8))));
        return (text[1..], ((text[0] & MoreFlag) != 0 ? FrameFlags.More : 0) | ((text[0] & CommandFlag) != 0 ? FrameFlags.Command : 0));
    }

    public void Dispose()
    {
        _sending?.Dispose();
        _receiving?.Dispose();
    }

    /// <summary>The boxes of the messages. Two, as one cipher does not go both ways at once.</summary>
    protected void Agree(byte[] ownShortSecret, byte[] peerShortKey) =>
        (_sending, _receiving) = (new CurveBox(ownShortSecret, peerShortKey), new CurveBox(ownShortSecret, peerShortKey));

    /// <summary>Seals with the next number; the number and the box.</summary>
    protected (byte[] Number, byte[] Box) Seal(CurveBox box, string prefix, ReadOnlySpan<byte> text)
    {
        var number = NextNumber();
        return (number, box.Seal(text, CurveBox.Nonce(prefix, number)));
    }

    /// <summary>Opens what was sealed with a number, which must be greater than any before.</summary>
    protected byte[] Open(CurveBox box, string prefix, ReadOnlySpan<byte> number, ReadOnlySpan<byte> sealedText) =>
        box.Open(sealedText, CurveBox.Nonce(prefix, Accept(number)));

    /// <summary>The data of a command that has exactly, or at least, so many bytes.</summary>
    protected static byte[] Expect(string name, byte[] body, int length, bool exact = true)
    {
        var data = Command.Expect(name, body);
        return data.Length == length || (!exact && data.Length > length) ? data : throw new TransportException($"The peer's {Encoding.ASCII.GetString(body, 1, name.Length)} has a wrong length.");
    }

    private byte[] NextNumber()
    {
        var number = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(number, ++_sent);
        return number;
    }

    private byte[] Accept(ReadOnlySpan<byte> number)
    {
        var value = BinaryPrimitives.ReadUInt64BigEndian(number);
        if (value <= _received)
            throw new TransportException("The peer sent a message a second time.");
        _received = value;
        return number.ToArray();
    }
}
