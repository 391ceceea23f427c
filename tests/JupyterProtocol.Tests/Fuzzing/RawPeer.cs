using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace JupyterProtocol.Tests.Fuzzing;

/// <summary>A peer that puts ZMTP's bytes on the wire itself, and may put wrong ones there. Independent of the code under test.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly TcpClient _socket;
    private readonly NetworkStream _stream;

    private RawPeer(TcpClient socket) => (_socket, _stream) = (socket, socket.GetStream());

    public static byte[] Greeting { get; } = [0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0, .. "NULL"u8, .. new byte[48]];

    public static byte[] Ready(string type) =>
        [5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, (byte)type.Length, .. Encoding.ASCII.GetBytes(type)];

    public static async Task<RawPeer> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port, cancellationToken);
        return new RawPeer(socket);
    }

    /// <summary>A peer with which messages can be exchanged.</summary>
    public static async Task<RawPeer> ShakeHandsAsync(int port, string type, CancellationToken cancellationToken)
    {
        var peer = await ConnectAsync(port, cancellationToken);
        await peer.SendAsync(Greeting, cancellationToken);
        await peer.SendFrameAsync(4, Ready(type), cancellationToken);
        return peer;
    }

    /// <summary>Sends bytes; that the other side hangs up is its right.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException)
        {
            _socket.Client.Shutdown(SocketShutdown.Both);
        }
        catch (ObjectDisposedException)
        {
            _socket.Dispose();
        }
    }

    public async Task SendFrameAsync(byte flags, byte[] body, CancellationToken cancellationToken)
    {
        var header = new byte[9];
        header[0] = (byte)(flags | 2);
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(1), body.Length);
        await SendAsync(header, cancellationToken);
        await SendAsync(body, cancellationToken);
    }

    public async Task SendMessageAsync(IReadOnlyList<byte[]> frames, CancellationToken cancellationToken)
    {
        for (var i = 0; i < frames.Count; i++)
            await SendFrameAsync((byte)(i < frames.Count - 1 ? 1 : 0), frames[i], cancellationToken);
    }

    /// <summary>Reads until the other side hangs up; how many bytes.</summary>
    public async Task<long> ReadToEndAsync(CancellationToken cancellationToken)
    {
        long count = 0;
        var buffer = new byte[4096];
        try
        {
            while (await _stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                count += read;
        }
        catch (IOException)
        {
            // Hung up without a goodbye.
            return count;
        }

        return count;
    }

    public void Dispose() => _socket.Dispose();
}
