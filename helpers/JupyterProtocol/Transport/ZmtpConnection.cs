using System.Buffers;
using System.Diagnostics;
using System.Net.Sockets;

namespace JupyterProtocol.Transport;

/// <summary>One connection to one peer, on the socket thread: handshake, then messages both ways (https://rfc.zeromq.org/spec/37/).</summary>
internal sealed class ZmtpConnection : IDisposable
{
    private const byte OwnMinor = 1;

    private readonly Socket _socket;
    private readonly SocketLoop _loop;
    private readonly ISecurityMechanism _mechanism;
    private readonly OutgoingQueue _queue;
    private readonly TransportLimits _limits;
    private readonly MemoryBudget _budget;
    private readonly FrameReader _reader;
    private readonly ConnectionWriter _writer;
    private byte _peerMinor;
    private bool _isClosed;

    /// <summary>Takes over a connected socket.</summary>
    public ZmtpConnection(Socket socket, SocketLoop loop, ISecurityMechanism mechanism, OutgoingQueue queue, TransportLimits limits, MemoryBudget budget)
    {
        socket.Blocking = false;
        (_socket, _loop, _mechanism, _queue, _limits, _budget) = (socket, loop, mechanism, queue, limits, budget);
        _reader = new FrameReader(socket, loop);
        _writer = new ConnectionWriter(socket, loop, mechanism, queue);
    }

    /// <summary>What waits for the peer.</summary>
    public OutgoingQueue Queue => _queue;

    /// <summary>What the peer told of itself; null until the handshake is done.</summary>
    public PeerProperties? Peer { get; private set; }

    /// <summary>Whether all was sent.</summary>
    public bool IsIdle => _isClosed || Peer is null || (!_writer.IsBusy && _queue.IsEmpty);

    /// <summary>Greets the peer and agrees with it on security.</summary>
    /// <exception cref="TransportException">It is not who it has to be, or takes too long.</exception>
    public async Task HandshakeAsync(SocketType type, byte[] identity)
    {
        _ = LimitAsync();
        await _writer.SendAsync(new Greeting(OwnMinor, _mechanism.Name, _mechanism.IsServer).ToBytes());
        var greeting = new byte[Greeting.Length];
        await _reader.ReadAsync(greeting);
        var peer = Greeting.Parse(greeting);
        if (peer.Mechanism != _mechanism.Name || (_mechanism.Name != "NULL" && peer.IsServer == _mechanism.IsServer))
            throw new TransportException($"The peer wants security {peer.Mechanism} where {_mechanism.Name} is needed.");
        _peerMinor = peer.Minor;
        var properties = await _mechanism.HandshakeAsync(SendCommandAsync, ReceiveCommandAsync, new PeerProperties(SocketTypes.NameOf(type), identity));
        if (!SocketTypes.CanTalk(type, properties.SocketType))
            throw new TransportException($"A socket of type {properties.SocketType} cannot talk to one of type {SocketTypes.NameOf(type)}.");
        Peer = properties;
        Flush();
    }

    /// <summary>Reads messages until the connection ends.</summary>
    /// <param name="received">Gets each message.</param>
    /// <param name="subscribed">Gets each subscription (true) or its end (false), with the topic.</param>
    /// <exception cref="TransportException">It ended.</exception>
    public async Task ReceiveAsync(Action<IReadOnlyList<byte[]>> received, Action<bool, byte[]> subscribed)
    {
        var frames = new List<byte[]>();
        long taken = 0;
        void Take(long bytes)
        {
            _budget.Take(bytes);
            taken += bytes;
            if (taken > _limits.Message)
                throw new TransportException($"The peer sent a message of more than {_limits.Message} bytes.");
        }

        try
        {
            while (true)
            {
                var (wire, wireFlags) = await _reader.ReadFrameAsync(_limits.Message, Take);
                var (body, flags) = _mechanism.Read(wire, wireFlags);
                if (flags.HasFlag(FrameFlags.Command))
                {
                    Obey(body, subscribed);
                }
                else
                {
                    frames.Add(body);
                    if (frames.Count > _limits.Frames)
                        throw new TransportException($"The peer sent a message of more than {_limits.Frames} frames.");
                    if (flags.HasFlag(FrameFlags.More))
                        continue;
                    var message = frames;
                    frames = [];
                    received(message);
                }

                if (frames.Count == 0)
                {
                    _budget.Return(taken);
                    taken = 0;
                }
            }
        }
        finally
        {
            _budget.Return(taken);
        }
    }

    /// <summary>Sends a command, after the handshake.</summary>
    public void SendCommand(byte[] body)
    {
        _writer.AddCommand(body);
        Flush();
    }

    /// <summary>Subscribes to a topic, in the words of the peer's version.</summary>
    public void Subscribe(byte[] topic)
    {
        if (_peerMinor >= 1)
            SendCommand(Command.Create("SUBSCRIBE", topic));
        else if (_queue.TryAdd([[1, .. topic]]))
            Flush();
    }

    /// <summary>Sends what waits. Several messages leave in one piece.</summary>
    public void Flush()
    {
        if (!_writer.IsBusy && !_isClosed && Peer is not null)
            _ = WriteAsync();
    }

    /// <summary>Closes the connection; whoever waits for it is told.</summary>
    public void Dispose()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _loop.Forget(_socket);
        if (_socket.Connected)
            Shutdown();
        _socket.Dispose();
    }

    private async Task LimitAsync()
    {
        await _loop.DelayAsync(_limits.HandshakeTime);
        if (Peer is null)
            Dispose();
    }

    private void Shutdown()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException exception)
        {
            // The peer was faster.
            Debug.WriteLine(exception.Message);
        }
    }

    private void Obey(byte[] body, Action<bool, byte[]> subscribed)
    {
        var (name, data) = Command.Parse(body);
        switch (name)
        {
            case "PING" when data.Length >= 2:
                // The first two bytes are the peer's patience; the rest comes back.
                SendCommand(Command.Create("PONG", data[2..]));
                break;
            case "SUBSCRIBE" or "CANCEL":
                subscribed(name == "SUBSCRIBE", data);
                break;
            case "ERROR":
                throw new TransportException("The peer reports an error and ends the connection.");
        }
    }

    private Task SendCommandAsync(byte[] body)
    {
        var output = new ArrayBufferWriter<byte>(body.Length + 9);
        FrameWriter.Write(output, body, FrameFlags.Command);
        return _writer.SendAsync(output.WrittenMemory);
    }

    private async Task<byte[]> ReceiveCommandAsync()
    {
        var (body, flags) = await _reader.ReadFrameAsync(_limits.Handshake, _ => { });
        return flags == FrameFlags.Command ? body : throw new TransportException("The peer sent a message before the handshake was done.");
    }

    private async Task WriteAsync()
    {
        try
        {
            await _writer.WriteAsync();
        }
        catch (TransportException)
        {
            // The reading side notices too, and says so.
            Dispose();
        }
    }
}
