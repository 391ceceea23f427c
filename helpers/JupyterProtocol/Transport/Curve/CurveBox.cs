using System.Security.Cryptography;
using System.Text;
using NaCl;

namespace JupyterProtocol.Transport.Curve;

/// <summary>Encrypts and authenticates between two key pairs, as NaCl's <c>crypto_box</c> does.</summary>
internal sealed class CurveBox : IDisposable
{
    /// <summary>How many bytes longer a sealed text is.</summary>
    public const int Overhead = 16;

    private const int NonceLength = 24;

    private readonly XSalsa20Poly1305 _cipher;

    /// <summary>A box between two pairs.</summary>
    /// <exception cref="TransportException">The public key is one of the few with which every secret key gives the same.</exception>
    public CurveBox(byte[] secretKey, byte[] publicKey)
    {
        // Without this, somebody who sends such a key could read and write without knowing any other.
        var shared = Curve25519.ScalarMultiplication(secretKey.AsSpan(), publicKey.AsSpan());
        if (CryptographicOperations.FixedTimeEquals(shared, new byte[shared.Length]))
            throw new TransportException("The peer sent a key that hides nothing.");
        _cipher = new Curve25519XSalsa20Poly1305(secretKey, publicKey);
    }

    /// <summary>A nonce: a prefix that says what for, and a number or random bytes.</summary>
    public static byte[] Nonce(string prefix, ReadOnlySpan<byte> rest)
    {
        var nonce = new byte[NonceLength];
        Encoding.ASCII.GetBytes(prefix, nonce);
        rest.CopyTo(nonce.AsSpan(NonceLength - rest.Length));
        return nonce;
    }

    /// <summary>Seals a text.</summary>
    public byte[] Seal(ReadOnlySpan<byte> text, byte[] nonce)
    {
        var box = new byte[text.Length + Overhead];
        _cipher.Encrypt(box, text, nonce);
        return box;
    }

    /// <summary>Opens a box.</summary>
    /// <exception cref="TransportException">Somebody else sealed it.</exception>
    public byte[] Open(ReadOnlySpan<byte> box, byte[] nonce)
    {
        var text = box.Length >= Overhead ? new byte[box.Length - Overhead] : throw Forged();
        return _cipher.TryDecrypt(text, box, nonce) ? text : throw Forged();
    }

    public void Dispose() => _cipher.Dispose();

    private static TransportException Forged() => new("The peer does not know the key, or somebody changed what it sent.");
}
