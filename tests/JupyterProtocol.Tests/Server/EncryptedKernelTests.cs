using System.Net.Sockets;
using System.Text;
using JupyterProtocol.Client;
using JupyterProtocol.Connections;
using JupyterProtocol.Tests.Transport;
using JupyterProtocol.Transport;
using JupyterProtocol.Transport.Curve;
using SocketType = JupyterProtocol.Transport.SocketType;

namespace JupyterProtocol.Tests.Server;

/// <summary>A kernel whose connection file carries a key pair: who does not know it hears nothing.</summary>
public sealed class EncryptedKernelTests
{
    private static readonly TimeSpan AWhile = TimeSpan.FromSeconds(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_knows_the_keys_asks_and_is_asked_and_interrupts()
    {
        await using var kernel = await ServedKernel.StartAsync(ConnectionInfo.CreateLocal().WithEncryption());

        await kernel.Client.ExecuteAsync("ask name", options: new ExecuteOptions { Input = (_, _, _) => Task.FromResult("Ann") }, cancellationToken: Token);
        await kernel.Client.ExecuteAsync("print " + new string('x', 3_000_000), cancellationToken: Token);
        await kernel.Client.InterruptAsync(Token);
        await kernel.AssertAliveAsync();
    }

    [Fact]
    public async Task The_heart_beats_for_any_key_that_knows_the_servers()
    {
        await using var kernel = await ServedKernel.StartAsync(ConnectionInfo.CreateLocal().WithEncryption());
        using var heart = new RawSocket(SocketType.Req, kernel.Connection, kernel.Connection.HeartbeatPort, own: CurveKeys.Create(), server: kernel.Connection.Keys()!.PublicKey);

        heart.Send([], "ping"u8.ToArray());

        Assert.Equal("ping", Encoding.UTF8.GetString(heart.Receive(TimeSpan.FromSeconds(20))![1]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_has_no_key_or_another_hears_nothing_and_the_kernel_lives_on(bool hasKey)
    {
        await using var kernel = await ServedKernel.StartAsync(ConnectionInfo.CreateLocal().WithEncryption());
        var plain = kernel.Connection with { CurvePublicKey = null, CurveSecretKey = null };
        using var stranger = new KernelClient(hasKey ? plain.WithEncryption() : plain);
        var heard = 0;
        stranger.Published += _ => heard++;
        using var patience = new CancellationTokenSource(AWhile);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stranger.WaitForReadyAsync(patience.Token));
        await kernel.AssertAliveAsync();

        Assert.Equal(0, heard);
        foreach (var port in new[] { kernel.Connection.HeartbeatPort, kernel.Connection.ControlPort, kernel.Connection.StdinPort })
        {
            using var socket = new RawSocket(port == kernel.Connection.HeartbeatPort ? SocketType.Req : SocketType.Dealer, plain, port, own: hasKey ? CurveKeys.Create() : null, server: CurveKeys.Create().PublicKey);
            socket.Send([], "ping"u8.ToArray());
            Assert.Null(socket.Receive(AWhile / 3));
        }
    }

    [Fact]
    public async Task A_key_that_hides_nothing_does_not_get_in()
    {
        await using var kernel = await ServedKernel.StartAsync(ConnectionInfo.CreateLocal().WithEncryption());
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", kernel.Connection.ShellPort, Token);
        var stream = socket.GetStream();
        // With the short key zero every secret key gives the same shared key, which so needs not be known.
        await stream.WriteAsync(new Greeting(1, "CURVE", IsServer: false).ToBytes(), Token);
        var hello = Command.Create("HELLO", [1, 0], new byte[72], new byte[32], new byte[8], new byte[80]);
        await stream.WriteAsync((byte[])[4, (byte)hello.Length, .. hello], Token);

        using var heard = new MemoryStream();
        await stream.CopyToAsync(heard, Token).WaitAsync(TimeSpan.FromSeconds(20), Token);

        Assert.Equal(Greeting.Length, heard.Length);
        await kernel.AssertAliveAsync();
    }

    [Fact]
    public async Task The_log_says_who_was_refused_and_holds_no_key()
    {
        var connection = ConnectionInfo.CreateLocal().WithEncryption();
        var kernel = await ServedKernel.StartAsync(connection);
        await using (kernel)
        {
            using var stranger = new RawSocket(SocketType.Dealer, connection, connection.ShellPort);
            Assert.Null(stranger.Receive(AWhile / 3));
        }

        Assert.Contains("The peer wants security NULL where CURVE is needed.", kernel.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(connection.CurveSecretKey!, kernel.Log, StringComparison.Ordinal);
    }
}
