using System.Collections.Concurrent;
using JupyterProtocol.Connections;
using JupyterProtocol.Transport;
using JupyterProtocol.Transport.Curve;

namespace JupyterProtocol.Tests.Transport;

/// <summary>A front end's socket without Jupyter's messages: sends and receives frames.</summary>
internal sealed class RawSocket : IDisposable
{
    private readonly SocketLoop _loop = new("Test socket");
    private readonly ConnectingSocket _socket;
    private readonly BlockingCollection<IReadOnlyList<byte[]>> _received = [];

    public RawSocket(SocketType type, ConnectionInfo connection, int port, string identity = "", CurveKeys? own = null, byte[]? server = null) =>
        _socket = new ConnectingSocket(type, Endpoint.Of(connection, port), _loop, System.Text.Encoding.UTF8.GetBytes(identity), own is null ? null : (own, server!), _received.Add);

    public void Send(params IReadOnlyList<byte[]> frames) => _socket.Send(frames);

    /// <summary>The next message; null when none comes in time.</summary>
    public IReadOnlyList<byte[]>? Receive(TimeSpan patience) => _received.TryTake(out var message, patience) ? message : null;

    public void Dispose()
    {
        _loop.Stop(() => true, TimeSpan.Zero, _socket.Dispose);
        _loop.Dispose();
        _received.Dispose();
    }
}
