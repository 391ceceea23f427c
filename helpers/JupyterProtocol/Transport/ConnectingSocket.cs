using System.Net;
using System.Net.Sockets;
using JupyterProtocol.Transport.Curve;

namespace JupyterProtocol.Transport;

/// <summary>The front end's side of one channel: connects, and connects again when the connection breaks. Its methods may be called from any thread.</summary>
internal sealed class ConnectingSocket : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    private readonly SocketType _type;
    private readonly Endpoint _endpoint;
    private readonly EndPoint _place;
    private readonly SocketLoop _loop;
    private readonly byte[] _identity;
    private readonly Func<ISecurityMechanism> _secure;
    private readonly TransportLimits _limits;
    private readonly OutgoingQueue _queue;
    private readonly MemoryBudget _budget;
    private readonly CancellationTokenSource _closing = new();
    private ZmtpConnection? _connection;
    private bool _isClosed;
    private int _isFlushing;

    /// <summary>Creates a socket and begins to connect.</summary>
    /// <param name="type">A dealer, a subscriber (to everything) or a requester.</param>
    /// <param name="endpoint">Where to.</param>
    /// <param name="loop">The thread.</param>
    /// <param name="identity">What a router is to know it by; empty for a name of the router's choice.</param>
    /// <param name="keys">The client's own pair and the server's public key; null for no security.</param>
    /// <param name="received">Gets each message, on the socket thread.</param>
    /// <param name="limits">Default <see cref="TransportLimits.Messages"/>.</param>
    public ConnectingSocket(SocketType type, Endpoint endpoint, SocketLoop loop, byte[] identity, (CurveKeys Own, byte[] Server)? keys, Action<IReadOnlyList<byte[]>> received, TransportLimits? limits = null)
    {
        (_type, _endpoint, _loop, _identity, _limits) = (type, endpoint, loop, identity, limits ?? TransportLimits.Messages);
        _place = endpoint.Resolve();
        _secure = () => keys is { } pair ? new CurveClient(pair.Own, pair.Server) : new NullMechanism();
        _queue = new OutgoingQueue(_limits);
        _budget = new MemoryBudget(_limits.Unfinished);
        _loop.Post(() => _ = RunAsync(received));
    }

    /// <summary>Sends a message, once there is a connection.</summary>
    public void Send(IReadOnlyList<byte[]> message)
    {
        if (!_queue.TryAdd(message))
            throw new JupyterProtocolException($"Nobody at {_endpoint.Address} takes the {_limits.Outgoing >> 20} MB that wait to be sent. Is the kernel still there?");
        if (Interlocked.Exchange(ref _isFlushing, 1) == 0)
            _loop.Post(Flush);
    }

    /// <summary>Closes the connection; on the socket thread.</summary>
    public void Dispose()
    {
        _isClosed = true;
        _closing.Cancel();
        _connection?.Dispose();
        _closing.Dispose();
    }

    private void Flush()
    {
        Interlocked.Exchange(ref _isFlushing, 0);
        _connection?.Flush();
    }

    private async Task RunAsync(Action<IReadOnlyList<byte[]>> received)
    {
        var pause = FirstPause;
        while (!_isClosed)
        {
            if (await ConnectAsync() is { } socket && await TalkAsync(socket, received))
                pause = FirstPause;
            if (_isClosed)
                return;
            await _loop.DelayAsync(pause);
            pause = pause < LongestPause ? 2 * pause : pause;
        }
    }

    /// <summary>Connects on the pool, where that may take its time, and comes back to the socket thread.</summary>
    private Task<Socket?> ConnectAsync()
    {
        var closing = _closing.Token;
        var connected = new TaskCompletionSource<Socket?>();
        _ = Task.Run(async () =>
        {
            Socket? socket = null;
            try
            {
                socket = await Endpoint.ConnectAsync(_place, closing).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // The kernel does not listen yet, or no more: try again.
                socket = null;
            }

            _loop.Post(() =>
            {
                if (_isClosed)
                    socket?.Dispose();
                else
                    connected.TrySetResult(socket);
            });
        });
        return connected.Task;
    }

    private async Task<bool> TalkAsync(Socket socket, Action<IReadOnlyList<byte[]>> received)
    {
        var mechanism = _secure();
        _connection = new ZmtpConnection(socket, _loop, mechanism, _queue, _limits, _budget);
        try
        {
            await _connection.HandshakeAsync(_type, _identity);
            if (_type == SocketType.Sub)
                _connection.Subscribe([]);
            await _connection.ReceiveAsync(received, (_, _) => { });
            return true;
        }
        catch (TransportException)
        {
            return _connection.Peer is not null;
        }
        finally
        {
            _connection.Dispose();
            (mechanism as IDisposable)?.Dispose();
        }
    }
}
