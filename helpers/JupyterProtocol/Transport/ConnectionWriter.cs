using System.Buffers;
using System.Net.Sockets;

namespace JupyterProtocol.Transport;

/// <summary>Sends what waits for a peer, several messages in one piece. On the socket thread.</summary>
internal sealed class ConnectionWriter(Socket socket, SocketLoop loop, ISecurityMechanism mechanism, OutgoingQueue queue)
{
    private const int BatchSize = 64 << 10;
    private const int KeptBuffer = 1 << 20;
    private const int MostCommands = 16;

    private readonly Queue<byte[]> _commands = new();
    private ArrayBufferWriter<byte> _batch = new();

    /// <summary>Whether something is being sent.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Adds a command; one too many, from a peer that asks for answers and does not read them, is dropped.</summary>
    public void AddCommand(byte[] body)
    {
        if (_commands.Count < MostCommands)
            _commands.Enqueue(body);
    }

    /// <summary>Sends what waits.</summary>
    /// <exception cref="TransportException">The connection broke.</exception>
    public async Task WriteAsync()
    {
        IsBusy = true;
        try
        {
            while (FillBatch())
            {
                await SendAsync(_batch.WrittenMemory);
                if (_batch.Capacity > KeptBuffer)
                    _batch = new ArrayBufferWriter<byte>();
                else
                    _batch.ResetWrittenCount();
                // A peer that reads as fast as it is written to leaves time for the others.
                if (!queue.IsEmpty && !await loop.WritableAsync(socket))
                    break;
            }
        }
        finally
        {
            IsBusy = false;
        }
    }

    /// <summary>Sends bytes as they are.</summary>
    /// <exception cref="TransportException">The connection broke.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var sent = socket.Send(bytes.Span, SocketFlags.None, out var error);
            bytes = bytes[Math.Max(sent, 0)..];
            if (error is not (SocketError.Success or SocketError.WouldBlock or SocketError.Interrupted))
                throw new TransportException($"The connection broke: {error}.");
            if (bytes.Length > 0 && !await loop.WritableAsync(socket))
                throw new TransportException("The connection was closed.");
        }
    }

    private bool FillBatch()
    {
        while (_commands.TryDequeue(out var command))
            mechanism.Write(_batch, command, FrameFlags.Command);
        while (_batch.WrittenCount < BatchSize && queue.Take() is { } frames)
            for (var i = 0; i < frames.Count; i++)
                mechanism.Write(_batch, frames[i], i < frames.Count - 1 ? FrameFlags.More : FrameFlags.None);
        return _batch.WrittenCount > 0;
    }
}
