using System.Security.Cryptography;
using NaCl;

namespace JupyterProtocol.Transport.Curve;

/// <summary>The server's side of CurveZMQ's handshake. Who knows the server's public key is let in, with whatever key of its own (as in libzmq without ZAP).</summary>
internal sealed class CurveServer(CurveKeys keys) : CurveMechanism
{
    private const int HelloLength = 2 + 72 + 32 + 8 + 80;
    private const int CookieLength = 96;
    private const int VouchLength = 96;

    public override bool IsServer => true;

    public override async Task<PeerProperties> HandshakeAsync(Func<byte[], Task> send, Func<Task<byte[]>> receive, PeerProperties own)
    {
        var hello = Expect("HELLO", await receive(), HelloLength);
        var clientShort = hello.AsSpan(74, 32).ToArray();
        if (hello[0] != 1)
            throw new TransportException("The peer speaks another version of CurveZMQ.");
        using var first = new CurveBox(keys.SecretKey, clientShort);
        Open(first, "CurveZMQHELLO---", hello.AsSpan(106, 8), hello.AsSpan(114));

        var shortKeys = CurveKeys.Create();
        // The state could live in the client's cookie; here it lives in this method, and the cookie only has to come back.
        var cookie = RandomNumberGenerator.GetBytes(CookieLength);
        var nonce = RandomNumberGenerator.GetBytes(16);
        await send(Command.Create("WELCOME", nonce, first.Seal([.. shortKeys.PublicKey, .. cookie], CurveBox.Nonce("WELCOME-", nonce))));

        var initiate = Expect("INITIATE", await receive(), CookieLength + 8 + CurveBox.Overhead + 32 + VouchLength, exact: false);
        if (!CryptographicOperations.FixedTimeEquals(initiate.AsSpan(0, CookieLength), cookie))
            throw new TransportException("The peer brings another cookie than it was given.");
        using var second = new CurveBox(shortKeys.SecretKey, clientShort);
        var introduction = Open(second, "CurveZMQINITIATE", initiate.AsSpan(CookieLength, 8), initiate.AsSpan(CookieLength + 8));
        Verify(introduction.AsSpan(32, VouchLength), introduction.AsSpan(0, Curve25519.ScalarLength).ToArray(), clientShort, shortKeys);

        var properties = PeerProperties.Parse(introduction.AsSpan(32 + VouchLength));
        Agree(shortKeys.SecretKey, clientShort);
        var (number, box) = Seal(second, "CurveZMQREADY---", own.ToBytes());
        await send(Command.Create("READY", number, box));
        return properties;
    }

    /// <summary>The client's long key vouches for its short one, and for talking to this server.</summary>
    private void Verify(ReadOnlySpan<byte> vouch, byte[] clientLong, byte[] clientShort, CurveKeys shortKeys)
    {
        using var box = new CurveBox(shortKeys.SecretKey, clientLong);
        var text = box.Open(vouch[16..], CurveBox.Nonce("VOUCH---", vouch[..16]));
        if (!CryptographicOperations.FixedTimeEquals(text, [.. clientShort, .. keys.PublicKey]))
            throw new TransportException("The peer vouches for another key, or another server.");
    }
}
