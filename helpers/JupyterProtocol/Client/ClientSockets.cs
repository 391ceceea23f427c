using JupyterProtocol.Connections;
using JupyterProtocol.Messages;
using JupyterProtocol.Transport;
using JupyterProtocol.Transport.Curve;

namespace JupyterProtocol.Client;

/// <summary>A front end's four sockets. Checks what comes in and signs what goes out.</summary>
internal sealed class ClientSockets : IDisposable
{
    private readonly SocketLoop _loop = new("Jupyter client");
    private readonly MessageSigner _signer;
    private readonly Action<Exception> _broken;
    private readonly ConnectingSocket _iopub;
    private readonly ConnectingSocket _control;
    private readonly ConnectingSocket _shell;
    private readonly ConnectingSocket _stdin;
    private volatile bool _isClosed;

    /// <summary>Connects. What arrives is handed on, on the socket thread.</summary>
    public ClientSockets(ConnectionInfo connection, Action<Message> reply, Action<Message> published, Action<Message> asked, Action<Exception> broken)
    {
        _signer = new MessageSigner(connection.Key);
        _broken = broken;
        (CurveKeys, byte[])? keys = connection.Keys() is { } pair ? (pair, pair.PublicKey) : null;
        ConnectingSocket Connect(SocketType type, int port, byte[] name, Action<Message> accept) =>
            new(type, Endpoint.Of(connection, port), _loop, name, keys, frames => Receive(frames, accept));

        // ipykernel and ours route input requests by the shell socket's identity: both sockets must share one.
        var identity = Guid.NewGuid().ToByteArray();
        identity[0] = 1; // ZeroMQ reserves identities that begin with zero.
        // Messages get lost where nobody subscribed yet, so this one connects first.
        _iopub = Connect(SocketType.Sub, connection.IopubPort, [], published);
        _stdin = Connect(SocketType.Dealer, connection.StdinPort, identity, asked);
        _control = Connect(SocketType.Dealer, connection.ControlPort, [], reply);
        _shell = Connect(SocketType.Dealer, connection.ShellPort, identity, reply);
    }

    /// <summary>Sends a request on the shell channel.</summary>
    public void SendShell(Message message) => Send(_shell, message);

    /// <summary>Sends a request on the control channel.</summary>
    public void SendControl(Message message) => Send(_control, message);

    /// <summary>Sends an answer on the stdin channel.</summary>
    public void SendStdin(Message message) => Send(_stdin, message);

    public void Dispose()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        ConnectingSocket[] sockets = [_iopub, _control, _shell, _stdin];
        _loop.Stop(() => true, TimeSpan.Zero, () => Array.ForEach(sockets, socket => socket.Dispose()));
        _loop.Dispose();
    }

    private void Send(ConnectingSocket socket, Message message)
    {
        ObjectDisposedException.ThrowIf(_isClosed, typeof(KernelClient));
        socket.Send(MessageFraming.Write(message, _signer));
    }

    private void Receive(IReadOnlyList<byte[]> frames, Action<Message> accept)
    {
        try
        {
            accept(MessageFraming.Read(frames, _signer));
        }
        catch (Exception exception)
        {
            // Also what a listener throws: whoever waits for an answer is told, and the connection goes on.
            _broken(exception);
        }
    }
}
