using System.Security.Cryptography;
using System.Text;

namespace JupyterProtocol.Messages;

/// <summary>
/// Signs messages with HMAC-SHA256, so that only those who know the connection file's key can drive a kernel
/// (https://jupyter-client.readthedocs.io/en/stable/messaging.html#wire-protocol). An empty key means unsigned messages.
/// </summary>
public sealed class MessageSigner
{
    private readonly byte[] _key;

    /// <summary>Creates a signer.</summary>
    /// <param name="key">The key of the connection file; empty for unsigned messages.</param>
    public MessageSigner(string key) => _key = Encoding.UTF8.GetBytes(key);

    /// <summary>The signature in lower-case hexadecimal: 64 characters, or none without a key.</summary>
    /// <param name="frames">Header, parent header, metadata and content, as they go over the wire.</param>
    public string Sign(params ReadOnlySpan<byte[]> frames)
    {
        if (_key.Length == 0)
            return "";

        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (var frame in frames)
            hash.AppendData(frame);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Whether <paramref name="signature"/> is right for these frames; compared in constant time.</summary>
    public bool Verify(string signature, params ReadOnlySpan<byte[]> frames) =>
        _key.Length == 0
        || CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes(Sign(frames)));
}
