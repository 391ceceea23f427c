using JupyterProtocol.Connections;
using JupyterProtocol.Transport.Curve;

namespace JupyterProtocol.Tests.Transport;

public sealed class CurveKeysTests : IDisposable
{
    // The pairs that ZeroMQ's documentation of zmq_curve gives as examples.
    private const string PublicKey = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";
    private const string SecretKey = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6";

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"connection-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(PublicKey, SecretKey)]
    [InlineData("Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID", "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs")]
    public void A_secret_key_gives_the_public_key_that_zeromq_gives(string publicKey, string secretKey)
    {
        Assert.True(Z85.TryDecodeKey(secretKey, out var secret));

        Assert.Equal(publicKey, Z85.Encode(CurveKeys.FromSecret(secret).PublicKey));
        Assert.Equal(secretKey, Z85.Encode(secret));
    }

    [Fact]
    public void Z85_is_as_its_specification_says() =>
        Assert.Equal("HelloWorld", Z85.Encode([0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B]));

    [Fact]
    public void An_encrypted_connection_is_saved_and_read_back_and_its_keys_are_not_shown()
    {
        var connection = ConnectionInfo.CreateLocal().WithEncryption();

        connection.Save(_file);

        Assert.Equal(connection, ConnectionInfo.Load(_file));
        Assert.DoesNotContain(connection.CurveSecretKey!, $"{connection}", StringComparison.Ordinal);
        Assert.DoesNotContain(connection.Key, $"{connection}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PublicKey, null, "has no curve_secretkey")]
    [InlineData(null, SecretKey, "has no curve_publickey")]
    [InlineData("too short", SecretKey, "a curve_publickey that is no key")]
    [InlineData(PublicKey, "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~", "a curve_secretkey that is no key")]
    [InlineData(PublicKey, "########################################", "a curve_secretkey that is no key")]
    [InlineData("Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID", SecretKey, "does not belong to its curve_secretkey")]
    [InlineData("", "", "a curve_publickey that is no key")]
    public void Keys_that_cannot_work_are_refused_by_name_and_not_shown(string? publicKey, string? secretKey, string expected)
    {
        (ConnectionInfo.CreateLocal() with { CurvePublicKey = publicKey, CurveSecretKey = secretKey }).Save(_file);

        var message = Assert.Throws<JupyterProtocolException>(() => ConnectionInfo.Load(_file)).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(_file, message, StringComparison.Ordinal);
        if (secretKey?.Length > 0)
            Assert.DoesNotContain(secretKey, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inproc", 5000, "transport 'inproc'")]
    [InlineData("tcp", 0, "port 0 as shell_port")]
    [InlineData("tcp", 70000, "port 70000 as shell_port")]
    public void Places_where_nobody_can_listen_are_refused(string transport, int port, string expected)
    {
        (ConnectionInfo.CreateLocal() with { Transport = transport, ShellPort = port }).Save(_file);

        Assert.Contains(expected, Assert.Throws<JupyterProtocolException>(() => ConnectionInfo.Load(_file)).Message, StringComparison.Ordinal);
    }
}
