using System.Buffers.Binary;
using System.Net.Sockets;

namespace JupyterProtocol.Transport;

/// <summary>Reads frames from a socket. Memory is taken as bytes arrive, never for a size that a peer only claims.</summary>
internal sealed class FrameReader(Socket socket, SocketLoop loop)
{
    private const int Step = 1 << 20;

    private readonly byte[] _buffer = new byte[32 << 10];
    private int _start;
    private int _end;

    /// <summary>Fills a span of bytes.</summary>
    /// <exception cref="TransportException">The peer closed the connection.</exception>
    public async ValueTask ReadAsync(Memory<byte> target)
    {
        while (target.Length > 0)
        {
            if (_start == _end)
            {
                // Large frames go straight where they belong.
                if (target.Length >= _buffer.Length)
                {
                    target = target[await ReceiveAsync(target)..];
                    continue;
                }

                (_start, _end) = (0, await ReceiveAsync(_buffer));
            }

            var length = Math.Min(target.Length, _end - _start);
            _buffer.AsSpan(_start, length).CopyTo(target.Span);
            _start += length;
            target = target[length..];
        }
    }

    /// <summary>Reads a frame as it came over the wire.</summary>
    /// <param name="limit">Its greatest length.</param>
    /// <param name="take">Told of each piece of memory before it is allocated; may throw.</param>
    /// <exception cref="TransportException">The frame is longer, or the peer closed the connection.</exception>
    public async ValueTask<(byte[] Body, FrameFlags Flags)> ReadFrameAsync(long limit, Action<long> take)
    {
        var header = new byte[9];
        await ReadAsync(header.AsMemory(0, 2));
        var flags = (FrameFlags)header[0];
        if ((header[0] & ~(byte)(FrameFlags.More | FrameFlags.Long | FrameFlags.Command)) != 0)
            throw new TransportException("The peer sent a frame with unknown flags.");
        long size = header[1];
        if (flags.HasFlag(FrameFlags.Long))
        {
            await ReadAsync(header.AsMemory(2, 7));
            size = BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(1));
        }

        if (size < 0 || size > limit)
            throw new TransportException($"The peer sent a frame of {(ulong)size} bytes; {limit} are allowed.");

        var body = new byte[Math.Min(size, Step)];
        take(body.Length);
        await ReadAsync(body);
        while (body.Length < size)
        {
            var read = body.Length;
            var length = (int)Math.Min(size, 2L * read);
            take(length - read);
            Array.Resize(ref body, length);
            await ReadAsync(body.AsMemory(read));
        }

        return (body, flags & ~FrameFlags.Long);
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> target)
    {
        while (true)
        {
            // Waits also where something is there already, so that a peer that never stops sending leaves time for the others.
            if (!await loop.ReadableAsync(socket))
                throw new TransportException("The connection was closed.");
            var length = socket.Receive(target.Span, SocketFlags.None, out var error);
            if (error == SocketError.Success && length > 0)
                return length;
            if (error is not (SocketError.WouldBlock or SocketError.Interrupted))
                throw new TransportException(error == SocketError.Success ? "The peer closed the connection." : $"The connection broke: {error}.");
        }
    }
}
