using System.Security.Cryptography;
using NaCl;

namespace JupyterProtocol.Transport.Curve;

/// <summary>A key pair of Curve25519. Not a record: those write out all they hold.</summary>
internal sealed class CurveKeys
{
    private CurveKeys(byte[] publicKey, byte[] secretKey) => (PublicKey, SecretKey) = (publicKey, secretKey);

    /// <summary>The half that others may know.</summary>
    public byte[] PublicKey { get; }

    /// <summary>The half that nobody else may know.</summary>
    public byte[] SecretKey { get; }

    /// <summary>Draws a new pair.</summary>
    public static CurveKeys Create() => FromSecret(RandomNumberGenerator.GetBytes(Curve25519.ScalarLength));

    /// <summary>The pair of a secret key.</summary>
    public static CurveKeys FromSecret(byte[] secretKey)
    {
        var publicKey = new byte[Curve25519.ScalarLength];
        Curve25519.ScalarMultiplicationBase(publicKey, secretKey);
        return new CurveKeys(publicKey, secretKey);
    }
}
