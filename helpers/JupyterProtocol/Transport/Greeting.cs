using System.Text;

namespace JupyterProtocol.Transport;

/// <summary>The first 64 bytes that each side sends (https://rfc.zeromq.org/spec/37/).</summary>
/// <param name="Minor">The minor version of ZMTP 3.</param>
/// <param name="Mechanism">How the connection is secured.</param>
/// <param name="IsServer">Whether the sender is the server of that mechanism.</param>
internal sealed record Greeting(byte Minor, string Mechanism, bool IsServer)
{
    /// <summary>Its length.</summary>
    public const int Length = 64;

    private const int MechanismLength = 20;

    /// <summary>As bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        (bytes[0], bytes[9], bytes[10], bytes[11]) = (0xff, 0x7f, 3, Minor);
        Encoding.ASCII.GetBytes(Mechanism, bytes.AsSpan(12));
        bytes[32] = IsServer ? (byte)1 : (byte)0;
        return bytes;
    }

    /// <summary>Reads a greeting.</summary>
    /// <exception cref="TransportException">It is none, or of an older protocol.</exception>
    public static Greeting Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != 0xff || (bytes[9] & 1) == 0)
            throw new TransportException("The peer does not speak ZeroMQ.");
        if (bytes[10] < 3)
            throw new TransportException($"The peer speaks ZMTP {bytes[10]}; version 3 is needed.");
        return new Greeting(bytes[11], Encoding.ASCII.GetString(bytes.Slice(12, MechanismLength)).TrimEnd('\0'), (bytes[32] & 1) == 1);
    }
}
