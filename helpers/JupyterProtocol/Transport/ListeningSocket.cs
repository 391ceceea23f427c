using System.Net.Sockets;
using System.Security.Cryptography;
using JupyterProtocol.Transport.Curve;

namespace JupyterProtocol.Transport;

/// <summary>The kernel's side of one channel: listens, and talks with every peer that comes. Its methods may be called from any thread.</summary>
internal sealed class ListeningSocket
{
    private const int MostReports = 100;

    private static readonly TimeSpan AcceptPause = TimeSpan.FromSeconds(1);

    private readonly SocketType _type;
    private readonly Endpoint _endpoint;
    private readonly SocketLoop _loop;
    private readonly CurveKeys? _keys;
    private readonly TransportLimits _limits;
    private readonly MemoryBudget _budget;
    private readonly Action<string> _report;
    private readonly PeerTable _peers = new();
    // In the order in which they came; on the socket thread only.
    private readonly List<ZmtpConnection> _handshakes = [];
    private readonly HashSet<string> _told = [];
    private Socket? _listener;
    private int _isFlushing;

    /// <summary>Creates a socket; <see cref="Bind"/> listens.</summary>
    /// <param name="type">What it does with messages: a router, an echo (rep) or a publisher (xpub).</param>
    /// <param name="endpoint">Where.</param>
    /// <param name="loop">The thread.</param>
    /// <param name="keys">The key pair that peers must know the public half of; null for no security.</param>
    /// <param name="report">Gets told why a connection was closed.</param>
    /// <param name="limits">Default <see cref="TransportLimits.Messages"/>.</param>
    public ListeningSocket(SocketType type, Endpoint endpoint, SocketLoop loop, CurveKeys? keys, Action<string> report, TransportLimits? limits = null)
    {
        (_type, _endpoint, _loop, _keys, _report, _limits) = (type, endpoint, loop, keys, report, limits ?? TransportLimits.Messages);
        _budget = new MemoryBudget(_limits.Unfinished);
    }

    /// <summary>Gets each message, with the identity of who sent it in front; on the socket thread.</summary>
    public event Action<IReadOnlyList<byte[]>>? Received;

    /// <summary>Gets each topic that somebody subscribes to; on the socket thread.</summary>
    public event Action<byte[]>? Subscribed;

    /// <summary>Whether everything was sent; on the socket thread.</summary>
    public bool IsIdle => Array.TrueForAll(_peers.Connections, connection => connection.IsIdle);

    /// <summary>Starts to listen.</summary>
    /// <param name="channel">What it is called in errors.</param>
    /// <exception cref="JupyterProtocolException">The place is taken.</exception>
    public void Bind(string channel)
    {
        _listener = _endpoint.Listen(channel);
        _listener.Blocking = false;
        _loop.Post(() => _ = AcceptAsync(_listener));
    }

    /// <summary>Sends a message to one peer: its identity, then the frames. False when it is not connected.</summary>
    public bool TrySend(IReadOnlyList<byte[]> message)
    {
        if (message.Count == 0 || !_peers.TryAdd(message[0], [.. message.Skip(1)]))
            return false;
        FlushSoon();
        return true;
    }

    /// <summary>Sends a message to all that subscribed to what its first frame begins with. Who does not read loses it.</summary>
    public void Publish(IReadOnlyList<byte[]> message)
    {
        _peers.AddToSubscribers(message);
        FlushSoon();
    }

    /// <summary>Closes all; on the socket thread.</summary>
    public void Close()
    {
        if (_listener is null)
            return;
        _loop.Forget(_listener);
        _listener.Dispose();
        foreach (var connection in _handshakes.Concat(_peers.Connections).ToArray())
            connection.Dispose();
        if (_endpoint.Path is not null)
            File.Delete(_endpoint.Path);
    }

    private void FlushSoon()
    {
        if (Interlocked.Exchange(ref _isFlushing, 1) == 0)
            _loop.Post(Flush);
    }

    private void Flush()
    {
        // Before the queues are looked at: what comes after the last look asks for another.
        Interlocked.Exchange(ref _isFlushing, 0);
        foreach (var connection in _peers.Connections)
            connection.Flush();
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (await _loop.ReadableAsync(listener))
        {
            try
            {
                var socket = listener.Accept();
                if (_endpoint.Path is null)
                {
                    socket.NoDelay = true;
                    socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                }

                _ = ServeAsync(socket);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                Report($"{_endpoint.Address} takes no connections for a while: {exception.Message}");
                await _loop.DelayAsync(AcceptPause);
            }
            catch (SocketException exception)
            {
                // Whoever came has left again.
                Report($"{_endpoint.Address} lost a connection before it began: {exception.SocketErrorCode}.");
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        ISecurityMechanism mechanism = _keys is null ? new NullMechanism() : new CurveServer(_keys);
        var connection = new ZmtpConnection(socket, _loop, mechanism, new OutgoingQueue(_limits), _limits, _budget);
        byte[] identity = [];
        try
        {
            MakeRoom(connection);
            await connection.HandshakeAsync(_type, []);
            _handshakes.Remove(connection);
            identity = connection.Peer!.Identity is { Length: > 0 } named && _type == SocketType.Router ? named : [0, .. RandomNumberGenerator.GetBytes(8)];
            _peers.Join(identity, connection)?.Dispose();
            await connection.ReceiveAsync(frames => Take(frames, identity, connection), (begins, topic) => Subscribe(identity, topic, begins));
        }
        catch (TransportException exception)
        {
            // A peer that leaves does so in its own good right.
            if (identity.Length == 0)
                Report($"{_endpoint.Address} closed a connection: {exception.Message}");
        }
        catch (Exception exception)
        {
            Report($"{_endpoint.Address} closed a connection: {exception}");
        }
        finally
        {
            _handshakes.Remove(connection);
            _peers.Leave(identity, connection);
            connection.Dispose();
            (mechanism as IDisposable)?.Dispose();
        }
    }

    private void Report(string what)
    {
        // Each reason once: who knocks a thousand times shall not fill the log.
        if (_told.Count < MostReports && _told.Add(what))
            _report(what);
    }

    private void MakeRoom(ZmtpConnection connection)
    {
        if (_peers.Connections.Length >= _limits.Connections)
            throw new TransportException($"There are {_limits.Connections} connections already.");
        _handshakes.Add(connection);
        if (_handshakes.Count > _limits.Handshakes)
            _handshakes[0].Dispose();
    }

    private void Take(IReadOnlyList<byte[]> frames, byte[] identity, ZmtpConnection connection)
    {
        switch (_type)
        {
            case SocketType.Rep:
                connection.Queue.TryAdd(frames);
                connection.Flush();
                break;
            case SocketType.XPub:
                // How ZMTP 3.0 says it.
                if (frames is [[0 or 1, .. var topic]])
                    Subscribe(identity, topic, frames[0][0] == 1);
                break;
            default:
                Received?.Invoke([identity, .. frames]);
                break;
        }
    }

    private void Subscribe(byte[] identity, byte[] topic, bool begins)
    {
        _peers.Subscribe(identity, topic, begins);
        if (begins)
            Subscribed?.Invoke(topic);
    }
}
