using System.Security.Cryptography;

namespace JupyterProtocol.Transport.Curve;

/// <summary>The client's side of CurveZMQ's handshake.</summary>
/// <param name="keys">The client's own pair.</param>
/// <param name="serverKey">The server's public key.</param>
internal sealed class CurveClient(CurveKeys keys, byte[] serverKey) : CurveMechanism
{
    private const int CookieLength = 96;
    private const int WelcomeLength = 16 + CurveBox.Overhead + 32 + CookieLength;

    public override bool IsServer => false;

    public override async Task<PeerProperties> HandshakeAsync(Func<byte[], Task> send, Func<Task<byte[]>> receive, PeerProperties own)
    {
        var shortKeys = CurveKeys.Create();
        using var first = new CurveBox(shortKeys.SecretKey, serverKey);
        var (helloNumber, proof) = Seal(first, "CurveZMQHELLO---", new byte[64]);
        // Longer than the answer, so that nobody can use the server to send more than they send themselves.
        await send(Command.Create("HELLO", [1, 0], new byte[72], shortKeys.PublicKey, helloNumber, proof));

        var welcome = Expect("WELCOME", await receive(), WelcomeLength);
        var text = first.Open(welcome.AsSpan(16), CurveBox.Nonce("WELCOME-", welcome.AsSpan(0, 16)));
        var (serverShort, cookie) = (text[..32], text[32..]);

        using var second = new CurveBox(shortKeys.SecretKey, serverShort);
        using var vouching = new CurveBox(keys.SecretKey, serverShort);
        var nonce = RandomNumberGenerator.GetBytes(16);
        var vouch = vouching.Seal([.. shortKeys.PublicKey, .. serverKey], CurveBox.Nonce("VOUCH---", nonce));
        var (number, box) = Seal(second, "CurveZMQINITIATE", [.. keys.PublicKey, .. nonce, .. vouch, .. own.ToBytes()]);
        await send(Command.Create("INITIATE", cookie, number, box));

        var ready = Expect("READY", await receive(), 8 + CurveBox.Overhead, exact: false);
        var properties = PeerProperties.Parse(Open(second, "CurveZMQREADY---", ready.AsSpan(0, 8), ready.AsSpan(8)));
        Agree(shortKeys.SecretKey, serverShort);
        return properties;
    }
}
