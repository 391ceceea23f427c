using System.Text;
using System.Text.Json.Nodes;
using JupyterProtocol.Connections;
using JupyterProtocol.Messages;

namespace JupyterProtocol.Server;

/// <summary>
/// The kernel's side of the wire: binds the five sockets, checks signatures, hands requests to an <see cref="IKernelHandler"/> in order,
/// and answers each with status messages and a reply, whatever happens (https://jupyter-client.readthedocs.io/en/stable/messaging.html).
/// </summary>
public sealed class KernelServer : IDisposable
{
    private readonly ServerSockets _sockets;
    private readonly Outbox _outbox;
    private readonly InputQuestions _questions;
    private readonly Subshells _shells;
    private readonly RequestWorker _control;
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Creates a server; <see cref="RunAsync"/> starts it.</summary>
    /// <param name="connection">Where to listen, and the keys.</param>
    /// <param name="handler">What answers the requests.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="log">Where dropped messages are reported; default standard error.</param>
    /// <exception cref="JupyterProtocolException">The connection's transport, ports or keys are not possible.</exception>
    public KernelServer(ConnectionInfo connection, IKernelHandler handler, TimeProvider? time = null, TextWriter? log = null)
    {
        time ??= TimeProvider.System;
        log ??= Console.Error;
        _sockets = new ServerSockets(connection, log);
        _outbox = new Outbox(_sockets, time);
        _questions = new InputQuestions(_sockets, _outbox, time);
        RequestWorker Create(ServerChannel channel, Subshells? shells)
        {
            var worker = new RequestWorker(channel, new ServerRequests(handler, connection, shells), message => new KernelRequest(message, _outbox, _questions), _outbox, log);
            worker.Answered += StopAfterShutdown;
            return worker;
        }

        _shells = new Subshells(() => Create(ServerChannel.Shell, null), _outbox, _stopping.Token);
        _control = Create(ServerChannel.Control, _shells);
        _sockets.Received += Accept;
        _sockets.Subscribed += Welcome;
    }

    /// <summary>A front end has subscribed to what is published, and misses nothing from now on; raised on the socket thread.</summary>
    public event Action? Subscribed;

    /// <summary>Listens and answers until a <c>shutdown_request</c> was answered or <paramref name="cancellationToken"/> is cancelled.</summary>
    /// <exception cref="JupyterProtocolException">A port of the connection file is taken.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        _sockets.Bind();
        await using var registration = cancellationToken.Register(_stopping.Cancel);
        _outbox.PublishStatus(null, "starting");
        await Task.WhenAll(
            Task.Run(_shells.RunMainAsync, CancellationToken.None),
            Task.Run(() => _control.RunAsync(_stopping.Token), CancellationToken.None));
    }

    /// <summary>Closes the sockets, giving what was sent a second to leave.</summary>
    public void Dispose()
    {
        _sockets.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Sends a message to all front ends.</summary>
    /// <param name="parent">The header of the request it belongs to, if any.</param>
    /// <param name="messageType">Such as <c>comm_msg</c>.</param>
    /// <param name="content">The message's content.</param>
    /// <param name="metadata">Data beside the content, if any.</param>
    /// <param name="buffers">Binary data behind the content, if any.</param>
    public void Publish(MessageHeader? parent, string messageType, JsonObject content, JsonObject? metadata = null, IReadOnlyList<byte[]>? buffers = null) =>
        _outbox.Publish(parent, messageType, content, metadata, buffers);

    private void Accept(ServerChannel channel, Message message)
    {
        switch (channel)
        {
            case ServerChannel.Shell:
                _shells.Add(message);
                break;
            case ServerChannel.Control:
                _control.TryAdd(message);
                break;
            default:
                _questions.Answer(message);
                break;
        }
    }

    private void StopAfterShutdown(Message message)
    {
        if (message.MessageType == "shutdown_request")
            _stopping.Cancel();
    }

    /// <summary>JEP 65: a new subscriber is greeted, so that it knows from when on it misses nothing.</summary>
    private void Welcome(byte[] topic)
    {
        _outbox.Publish(null, "iopub_welcome", new JsonObject { ["subscription"] = Encoding.UTF8.GetString(topic) }, topic: topic);
        Subscribed?.Invoke();
    }
}
