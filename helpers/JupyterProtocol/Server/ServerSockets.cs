using JupyterProtocol.Connections;
using JupyterProtocol.Messages;
using JupyterProtocol.Transport;

namespace JupyterProtocol.Server;

/// <summary>The kernel's five sockets. Checks what comes in, signs what goes out; the heartbeat beats by itself.</summary>
internal sealed class ServerSockets : IDisposable
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    private readonly SocketLoop _loop = new("Jupyter sockets");
    private readonly MessageSigner _signer;
    private readonly TextWriter _log;
    private readonly RecentMessages _recent = new();
    private readonly Dictionary<ServerChannel, ListeningSocket> _routers = [];
    private readonly ListeningSocket _iopub;
    private readonly ListeningSocket _heartbeat;
    private bool _isDisposed;

    public ServerSockets(ConnectionInfo connection, TextWriter log)
    {
        _signer = new MessageSigner(connection.Key);
        _log = log;
        var keys = connection.Keys();
        ListeningSocket Create(SocketType type, int port, TransportLimits? limits = null) =>
            new(type, Endpoint.Of(connection, port), _loop, keys, log.WriteLine, limits);
        _routers[ServerChannel.Shell] = Create(SocketType.Router, connection.ShellPort);
        _routers[ServerChannel.Control] = Create(SocketType.Router, connection.ControlPort);
        _routers[ServerChannel.Stdin] = Create(SocketType.Router, connection.StdinPort);
        _iopub = Create(SocketType.XPub, connection.IopubPort, TransportLimits.Subscriptions);
        _heartbeat = Create(SocketType.Rep, connection.HeartbeatPort, TransportLimits.Heartbeat);
        foreach (var (channel, router) in _routers)
            router.Received += frames => Receive(channel, frames);
        _iopub.Subscribed += topic => Subscribed?.Invoke(topic);
    }

    /// <summary>Gets each message that is genuine; on the socket thread.</summary>
    public event Action<ServerChannel, Message>? Received;

    /// <summary>Gets each topic of iopub that a front end subscribes to; on the socket thread.</summary>
    public event Action<byte[]>? Subscribed;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="JupyterProtocolException">A port is taken.</exception>
    public void Bind()
    {
        foreach (var (channel, router) in _routers)
            router.Bind(channel.ToString().ToLowerInvariant());
        _iopub.Bind("iopub");
        _heartbeat.Bind("heartbeat");
    }

    /// <summary>Sends a message to whom its identities name; false when nobody of that name is connected.</summary>
    public bool TrySend(ServerChannel channel, Message message) => _routers[channel].TrySend(MessageFraming.Write(message, _signer));

    /// <summary>Sends a message to all front ends.</summary>
    public void Publish(Message message) => _iopub.Publish(MessageFraming.Write(message, _signer));

    /// <summary>Closes the sockets, giving what was sent a second to leave.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        ListeningSocket[] sockets = [.. _routers.Values, _iopub, _heartbeat];
        _loop.Stop(() => Array.TrueForAll(sockets, socket => socket.IsIdle), Linger, () => Array.ForEach(sockets, socket => socket.Close()));
        _loop.Dispose();
    }

    private void Receive(ServerChannel channel, IReadOnlyList<byte[]> frames)
    {
        try
        {
            var message = MessageFraming.Read(frames, _signer);
            // Without a key there is no signature to know a message by, and anybody may send what they like anyway.
            if (message.Signature.Length > 0 && !_recent.Add(message.Signature))
                throw new JupyterProtocolException($"A second copy of the {message.MessageType} with the id {message.Header.MessageId} was dropped: somebody played back a recorded message.");
            Received?.Invoke(channel, message);
        }
        catch (JupyterProtocolException exception)
        {
            _log.WriteLine(exception.Message);
        }
    }
}
