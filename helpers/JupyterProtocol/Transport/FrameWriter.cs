using System.Buffers;
using System.Buffers.Binary;

namespace JupyterProtocol.Transport;

/// <summary>Writes frames (https://rfc.zeromq.org/spec/23/#framing).</summary>
internal static class FrameWriter
{
    /// <summary>Writes flags and size of a frame.</summary>
    public static void WriteHeader(IBufferWriter<byte> output, long size, FrameFlags flags)
    {
        var header = output.GetSpan(9);
        if (size <= byte.MaxValue)
        {
            (header[0], header[1]) = ((byte)flags, (byte)size);
            output.Advance(2);
            return;
        }

        header[0] = (byte)(flags | FrameFlags.Long);
        BinaryPrimitives.WriteInt64BigEndian(header[1..], size);
        output.Advance(9);
    }

    /// <summary>Writes a frame in the clear.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> body, FrameFlags flags)
    {
        WriteHeader(output, body.Length, flags);
        output.Write(body);
    }
}
