using System.Text;
using JupyterProtocol.Messages;

namespace JupyterProtocol.Tests.Messages;

public sealed class MessageSignerTests
{
    [Fact]
    public void The_signature_is_hmac_sha256_over_the_four_parts()
    {
        // RFC 4231, test case 2: key "Jefe", data "what do ya want for nothing?".
        var signature = new MessageSigner("Jefe").Sign("what do ya "u8.ToArray(), "want "u8.ToArray(), "for "u8.ToArray(), "nothing?"u8.ToArray());

        Assert.Equal("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", signature);
    }

    [Fact]
    public void A_changed_part_is_noticed()
    {
        var signer = new MessageSigner("key");
        var signature = signer.Sign(Encoding.UTF8.GetBytes("{}"));

        Assert.True(signer.Verify(signature, "{}"u8.ToArray()));
        Assert.False(signer.Verify(signature, "{ }"u8.ToArray()));
    }

    [Fact]
    public void Without_a_key_messages_are_unsigned()
    {
        Assert.Equal("", new MessageSigner("").Sign("{}"u8.ToArray()));
        Assert.True(new MessageSigner("").Verify("", "{}"u8.ToArray()));
    }
}
