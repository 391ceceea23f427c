using System.Buffers.Binary;
using JupyterProtocol.Connections;

namespace JupyterProtocol.Tests.Fuzzing;

/// <summary>Sends a kernel what it should survive, a batch at a time.</summary>
internal sealed class WireFuzzer(ConnectionInfo connection, int seed, CancellationToken cancellationToken) : IDisposable
{
    private readonly Nonsense _nonsense = new(seed, connection.Key);
    // Left open: a half-open connection is part of the nonsense.
    private readonly List<RawPeer> _peers = [];

    private int[] Ports => [connection.ShellPort, connection.ControlPort, connection.StdinPort, connection.IopubPort, connection.HeartbeatPort];

    private int[] Routers => [connection.ShellPort, connection.ControlPort, connection.StdinPort];

    /// <summary>All batches, by name.</summary>
    public IReadOnlyList<(string Name, Func<Task> Send)> Batches =>
    [
        ("random bytes on the ports", RandomBytesAsync),
        ("handshakes that stop half-way or go wrong", HandshakesAsync),
        ("sizes that are only claimed", ClaimedSizesAsync),
        ("frames missing, doubled, exchanged, garbled; wrong signatures", () => OnRoutersAsync(40, _nonsense.Broken)),
        ("right signatures around nonsense", () => OnRoutersAsync(60, () => _nonsense.Message())),
        ("nonsense in the contents of every request", RequestsAsync),
        ("messages twice, and answers to nothing", DuplicatesAsync),
        ("a frame of 64 MB, unsigned and signed", HugeAsync),
        ("subscriptions and heartbeats of all kinds", SubscriptionsAsync),
    ];

    public void Dispose() => _peers.ForEach(peer => peer.Dispose());

    private async Task RandomBytesAsync()
    {
        foreach (var port in Ports)
            for (var i = 0; i < 6; i++)
            {
                var peer = await ConnectAsync(port);
                await peer.SendAsync(i < 3 ? _nonsense.Bytes(_nonsense.Next(400)) : (byte[])[.. RawPeer.Greeting, .. _nonsense.Bytes(_nonsense.Next(200))], cancellationToken);
                if (i % 2 == 0)
                    peer.Dispose();
            }
    }

    private async Task HandshakesAsync()
    {
        byte[][] bodies = [[], [0], [200, 1], RawPeer.Ready(""), RawPeer.Ready("PUSH"), [.. RawPeer.Ready("DEALER"), 255], [.. RawPeer.Ready("DEALER"), 1, 65, 255, 255, 255, 255], [5, .. "ERROR"u8, 3, 1, 2, 3], [5, .. "HELLO"u8], new byte[5000]];
        foreach (var port in Ports)
            foreach (var body in bodies)
            {
                var peer = await ConnectAsync(port);
                await peer.SendAsync(RawPeer.Greeting.AsMemory(0, body.Length % 3 == 0 ? 11 : 64), cancellationToken);
                await peer.SendFrameAsync((byte)(_nonsense.Next(4) == 0 ? 0 : 4), body, cancellationToken);
            }
    }

    private async Task ClaimedSizesAsync()
    {
        foreach (var port in Ports)
            foreach (var size in new[] { -1, long.MinValue, long.MaxValue, 1L << 40, 300L << 20, 200L << 20 })
            {
                var peer = await JoinAsync(port);
                var header = new byte[19];
                header[0] = 3;
                BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(1), size);
                await peer.SendAsync(header, cancellationToken);
            }

        var many = await JoinAsync(connection.ShellPort);
        for (var i = 0; i < 5000; i++)
            await many.SendFrameAsync(1, [], cancellationToken);
    }

    private async Task OnRoutersAsync(int count, Func<IReadOnlyList<byte[]>> next)
    {
        foreach (var port in Routers)
        {
            var peer = await JoinAsync(port);
            for (var i = 0; i < count; i++)
                await peer.SendMessageAsync(next(), cancellationToken);
        }
    }

    private async Task RequestsAsync()
    {
        var (shell, control, stdin) = (await JoinAsync(connection.ShellPort), await JoinAsync(connection.ControlPort), await JoinAsync(connection.StdinPort));
        foreach (var type in new[] { "execute_request", "complete_request", "inspect_request", "is_complete_request", "history_request", "comm_info_request", "kernel_info_request", "connect_request", "comm_open", "comm_msg", "comm_close" })
            for (var i = 0; i < 8; i++)
                await shell.SendMessageAsync(_nonsense.Request(type), cancellationToken);
        foreach (var type in new[] { "interrupt_request", "create_subshell_request", "delete_subshell_request", "list_subshell_request", "debug_request", "execute_request" })
            for (var i = 0; i < 4; i++)
                await control.SendMessageAsync(_nonsense.Request(type), cancellationToken);
        for (var i = 0; i < 4; i++)
            await stdin.SendMessageAsync(_nonsense.Request("input_reply"), cancellationToken);
    }

    private async Task DuplicatesAsync()
    {
        var peer = await JoinAsync(connection.ShellPort);
        var request = _nonsense.Request("kernel_info_request");
        for (var i = 0; i < 50; i++)
            await peer.SendMessageAsync(request, cancellationToken);
        var answers = await JoinAsync(connection.StdinPort);
        for (var i = 0; i < 20; i++)
            await answers.SendMessageAsync(_nonsense.Request("input_reply"), cancellationToken);
    }

    private async Task HugeAsync()
    {
        var peer = await JoinAsync(connection.ShellPort);
        await peer.SendMessageAsync([new byte[64 << 20]], cancellationToken);
        await peer.SendMessageAsync([.. _nonsense.Request("comm_msg"), new byte[64 << 20]], cancellationToken);
        var heart = await JoinAsync(connection.HeartbeatPort, "REQ");
        await heart.SendMessageAsync([[], new byte[64 << 20]], cancellationToken);
    }

    private async Task SubscriptionsAsync()
    {
        var subscriber = await JoinAsync(connection.IopubPort, "SUB");
        for (var i = 0; i < 400; i++)
            await subscriber.SendMessageAsync([[(byte)_nonsense.Next(4), .. _nonsense.Bytes(_nonsense.Next(6))]], cancellationToken);
        byte[][] commands = [[9, .. "SUBSCRIBE"u8], [6, .. "CANCEL"u8, 1], [4, .. "PING"u8], [4, .. "PING"u8, 0, 1, 2, 3], [4, .. "PONG"u8], [7, .. "UNKNOWN"u8]];
        foreach (var command in commands)
            await subscriber.SendFrameAsync(4, command, cancellationToken);
        var heart = await JoinAsync(connection.HeartbeatPort, "REQ");
        for (var i = 0; i < 20; i++)
            await heart.SendMessageAsync([.. Enumerable.Range(0, 1 + _nonsense.Next(5)).Select(_ => _nonsense.Bytes(_nonsense.Next(100)))], cancellationToken);
        foreach (var port in Ports)
            await (await JoinAsync(port)).SendFrameAsync(4, [], cancellationToken);
    }

    private async Task<RawPeer> ConnectAsync(int port)
    {
        var peer = await RawPeer.ConnectAsync(port, cancellationToken);
        _peers.Add(peer);
        return peer;
    }

    private async Task<RawPeer> JoinAsync(int port, string type = "DEALER")
    {
        var peer = await RawPeer.ShakeHandsAsync(port, port == connection.IopubPort ? "SUB" : type, cancellationToken);
        _peers.Add(peer);
        return peer;
    }
}
