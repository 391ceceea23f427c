using System.Net;
using System.Net.Sockets;
using JupyterProtocol.Connections;
using JupyterProtocol.Transport;
using SocketType = JupyterProtocol.Transport.SocketType;

namespace JupyterProtocol.Tests.Transport;

public sealed class ConnectingSocketTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_takes_the_connection_and_says_nothing_is_left_after_a_while_and_tried_again()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var loop = new SocketLoop("Test socket");
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        var endpoint = Endpoint.Of(ConnectionInfo.CreateLocal() with { ShellPort = port }, port);
        var socket = new ConnectingSocket(SocketType.Dealer, endpoint, loop, [], null, _ => { }, new TransportLimits { HandshakeTime = TimeSpan.FromMilliseconds(100) });

        using var first = await silent.AcceptTcpClientAsync(Token).AsTask().WaitAsync(Patience, Token);
        using var heard = new MemoryStream();
        await first.GetStream().CopyToAsync(heard, Token).WaitAsync(Patience, Token);
        using var second = await silent.AcceptTcpClientAsync(Token).AsTask().WaitAsync(Patience, Token);

        Assert.Equal(Greeting.Length, heard.Length);
        loop.Stop(() => true, TimeSpan.Zero, socket.Dispose);
        loop.Dispose();
    }
}
