using System.Buffers.Binary;
using System.Text;

namespace JupyterProtocol.Transport;

/// <summary>What peers tell of themselves at the end of the handshake.</summary>
/// <param name="SocketType">The property <c>Socket-Type</c>.</param>
/// <param name="Identity">The property <c>Identity</c>; empty when it has none.</param>
internal sealed record PeerProperties(string SocketType, byte[] Identity)
{
    private const int MaximumIdentity = 255;

    /// <summary>As bytes: name, value, name, value.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        Write(bytes, "Socket-Type", Encoding.ASCII.GetBytes(SocketType));
        if (SocketType is "DEALER" or "REQ" or "ROUTER")
            Write(bytes, "Identity", Identity);
        return bytes.ToArray();
    }

    /// <summary>Reads properties; those that are not known are passed over.</summary>
    /// <exception cref="TransportException">The bytes are no properties.</exception>
    public static PeerProperties Parse(ReadOnlySpan<byte> bytes)
    {
        var (type, identity) = ("", Array.Empty<byte>());
        while (bytes.Length > 0)
        {
            var nameLength = bytes[0];
            if (bytes.Length < 1 + nameLength + 4)
                throw Broken();
            var name = Encoding.ASCII.GetString(bytes.Slice(1, nameLength));
            var valueLength = BinaryPrimitives.ReadUInt32BigEndian(bytes[(1 + nameLength)..]);
            bytes = bytes[(5 + nameLength)..];
            if (valueLength > bytes.Length)
                throw Broken();
            var value = bytes[..(int)valueLength];
            bytes = bytes[(int)valueLength..];
            if (name.Equals("Socket-Type", StringComparison.OrdinalIgnoreCase))
                type = Encoding.ASCII.GetString(value);
            else if (name.Equals("Identity", StringComparison.OrdinalIgnoreCase))
                identity = value.ToArray();
        }

        return identity.Length <= MaximumIdentity ? new PeerProperties(type, identity) : throw Broken();
    }

    private static TransportException Broken() => new("The peer describes itself in a way that cannot be read.");

    private static void Write(MemoryStream bytes, string name, byte[] value)
    {
        bytes.WriteByte((byte)name.Length);
        bytes.Write(Encoding.ASCII.GetBytes(name));
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        bytes.Write(length);
        bytes.Write(value);
    }
}
