using System.Net;
using System.Net.Sockets;
using System.Text;
using JupyterProtocol.Connections;
using JupyterProtocol.Tests.Fuzzing;
using JupyterProtocol.Transport;
using SocketType = JupyterProtocol.Transport.SocketType;

namespace JupyterProtocol.Tests.Transport;

/// <summary>What a socket does with peers that are slow, silent, dead or come back.</summary>
public sealed class ListeningSocketTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConnectionInfo _connection = ConnectionInfo.CreateLocal();
    private readonly SocketLoop _loop = new("Test server");
    private readonly List<ListeningSocket> _sockets = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _loop.Stop(() => true, TimeSpan.Zero, () => _sockets.ForEach(socket => socket.Close()));
        _loop.Dispose();
    }

    [Fact]
    public async Task A_subscriber_that_does_not_read_costs_no_more_than_its_limit_and_others_lose_nothing()
    {
        var iopub = Listen(SocketType.XPub, new TransportLimits { Outgoing = 1 << 20, Reserve = 64 << 10 });
        var subscribed = new SemaphoreSlim(0);
        iopub.Subscribed += _ => subscribed.Release();
        using var stuck = await RawPeer.ShakeHandsAsync(_connection.ShellPort, "SUB", Token);
        await stuck.SendMessageAsync([[1]], Token);
        using var reader = Connect(SocketType.Sub);
        await subscribed.WaitAsync(Token);
        await subscribed.WaitAsync(Token);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < 1000; i++)
        {
            iopub.Publish(["stream"u8.ToArray(), new byte[100_000]]);
            Assert.Equal(100_000, reader.Receive(Patience)![1].Length);
        }

        // A hundred megabytes were published; the tests beside this one, and what their sockets hold, are counted too.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 48 << 20);
    }

    [Fact]
    public async Task Small_messages_still_find_room_for_a_peer_that_was_flooded()
    {
        var queue = new OutgoingQueue(new TransportLimits { Outgoing = 1 << 20, Reserve = 64 << 10 });
        while (queue.TryAdd([new byte[50_000]]))
            await Task.Yield();

        Assert.True(queue.TryAdd([new byte[500]]));
        Assert.False(queue.TryAdd([new byte[50_000]]));
    }

    [Fact]
    public async Task Memory_is_taken_for_what_arrives_and_not_for_what_is_announced()
    {
        Listen(SocketType.Router);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peers = new List<RawPeer>();
        for (var i = 0; i < 30; i++)
        {
            var peer = await RawPeer.ShakeHandsAsync(_connection.ShellPort, "DEALER", Token);
            // The header of a frame of 200 MB.
            await peer.SendAsync((byte[])[2, 0, 0, 0, 0, 12, 0, 0, 0, 1, 2, 3], Token);
            peers.Add(peer);
        }

        using var witness = Connect(SocketType.Dealer);
        witness.Send("hello"u8.ToArray());
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64 << 20);
        peers.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task A_peer_that_does_not_shake_hands_is_left_after_a_while()
    {
        Listen(SocketType.Router, new TransportLimits { HandshakeTime = TimeSpan.FromMilliseconds(200) });
        using var silent = await RawPeer.ConnectAsync(_connection.ShellPort, Token);

        Assert.Equal(Greeting.Length, await silent.ReadToEndAsync(Token).WaitAsync(Patience, Token));
    }

    [Fact]
    public async Task A_handshake_too_many_costs_the_oldest_its_place_and_no_front_end_its_own()
    {
        Listen(SocketType.Router, new TransportLimits { Handshakes = 3 });
        using var oldest = await RawPeer.ConnectAsync(_connection.ShellPort, Token);
        RawPeer[] more = [await RawPeer.ConnectAsync(_connection.ShellPort, Token), await RawPeer.ConnectAsync(_connection.ShellPort, Token), await RawPeer.ConnectAsync(_connection.ShellPort, Token)];

        await oldest.ReadToEndAsync(Token).WaitAsync(Patience, Token);
        using var frontEnd = Connect(SocketType.Dealer);
        frontEnd.Send("here"u8.ToArray());

        Assert.Equal("here", Encoding.UTF8.GetString(Assert.Single(frontEnd.Receive(Patience)!)));
        Array.ForEach(more, peer => peer.Dispose());
    }

    [Fact]
    public async Task A_ping_is_answered_with_what_it_carries()
    {
        Listen(SocketType.Router);
        using var peer = new TcpClient();
        await peer.ConnectAsync(IPAddress.Loopback, _connection.ShellPort, Token);
        var stream = peer.GetStream();
        var ready = RawPeer.Ready("DEALER");
        await stream.WriteAsync((byte[])[.. RawPeer.Greeting, 4, (byte)ready.Length, .. ready, 4, 10, 4, .. "PING"u8, 0, 100, 7, 8, 9], Token);

        var heard = new List<byte>();
        var buffer = new byte[256];
        while (!heard.ToArray().AsSpan().EndsWith((byte[])[4, 8, 4, .. "PONG"u8, 7, 8, 9]))
        {
            var read = await stream.ReadAsync(buffer, Token).AsTask().WaitAsync(Patience, Token);
            Assert.NotEqual(0, read);
            heard.AddRange(buffer[..read]);
        }
    }

    [Fact]
    public void A_front_end_that_comes_back_under_its_name_is_answered_there()
    {
        Listen(SocketType.Router);
        using var first = Connect(SocketType.Dealer, "Ann");
        first.Send("one"u8.ToArray());
        Assert.NotNull(first.Receive(Patience));
        using var second = Connect(SocketType.Dealer, "Ann");

        second.Send("two"u8.ToArray());

        Assert.Equal("two", Encoding.UTF8.GetString(Assert.Single(second.Receive(Patience)!)));
    }

    [Fact]
    public void Who_is_not_connected_is_sent_nothing_and_that_is_said()
    {
        var router = Listen(SocketType.Router);

        Assert.False(router.TrySend(["nobody"u8.ToArray(), "hello"u8.ToArray()]));
    }

    [Fact]
    public async Task The_heart_beats_while_the_thread_pool_is_full()
    {
        Listen(SocketType.Rep, TransportLimits.Heartbeat);
        using var heart = Connect(SocketType.Req);
        heart.Send([], "first"u8.ToArray());
        Assert.NotNull(heart.Receive(Patience));
        using var over = new ManualResetEventSlim();
        var sleepers = Enumerable.Range(0, 100).Select(_ => Task.Run(over.Wait, Token)).ToArray();

        heart.Send([], "beat"u8.ToArray());
        var answer = heart.Receive(TimeSpan.FromSeconds(5));
        over.Set();

        await Task.WhenAll(sleepers);
        Assert.Equal("beat", Encoding.UTF8.GetString(answer![1]));
    }

    [Fact]
    public void A_client_waits_for_a_server_that_comes_later()
    {
        using var early = Connect(SocketType.Dealer);
        early.Send("patience"u8.ToArray());

        Listen(SocketType.Router);

        Assert.Equal("patience", Encoding.UTF8.GetString(Assert.Single(early.Receive(Patience)!)));
    }

    private ListeningSocket Listen(SocketType type, TransportLimits? limits = null)
    {
        var socket = new ListeningSocket(type, Endpoint.Of(_connection, _connection.ShellPort), _loop, null, _ => { }, limits);
        _sockets.Add(socket);
        if (type == SocketType.Router)
            socket.Received += frames => socket.TrySend(frames);
        socket.Bind("test");
        return socket;
    }

    private RawSocket Connect(SocketType type, string identity = "") => new(type, _connection, _connection.ShellPort, identity);
}
