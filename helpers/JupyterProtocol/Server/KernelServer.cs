using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using JupyterProtocol.Connections;
using JupyterProtocol.Messages;
using NetMQ;
using NetMQ.Sockets;

namespace JupyterProtocol.Server;

/// <summary>
/// The kernel's side of the wire: binds the five sockets, checks signatures, hands requests to an <see cref="IKernelHandler"/> in order,
/// and answers each with status messages and a reply, whatever happens (https://jupyter-client.readthedocs.io/en/stable/messaging.html).
/// </summary>
public sealed class KernelServer : IDisposable
{
    private readonly ConnectionInfo _connection;
    private readonly IKernelHandler _handler;
    private readonly MessageSigner _signer;
    private readonly TimeProvider _time;
    private readonly TextWriter _log;
    private readonly string _session = Guid.NewGuid().ToString("N");
    private readonly RouterSocket _shell = new();
    private readonly RouterSocket _control = new();
    private readonly RouterSocket _stdin = new();
    private readonly XPublisherSocket _iopub = new();
    private readonly ResponseSocket _heartbeat = new();
    private readonly NetMQQueue<(NetMQSocket Socket, Message Message)> _outgoing = new();
    private readonly NetMQPoller _poller;
    private readonly Channel<Message> _shellRequests = Channel.CreateUnbounded<Message>();
    private readonly Channel<Message> _controlRequests = Channel.CreateUnbounded<Message>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _inputs = new();
    private readonly RecentMessages _recent = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _sending = new();
    private bool _closed;

    /// <summary>Creates a server; <see cref="RunAsync"/> starts it.</summary>
    /// <param name="connection">Where to listen, and the key.</param>
    /// <param name="handler">What answers the requests.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="log">Where dropped messages are reported; default standard error.</param>
    public KernelServer(ConnectionInfo connection, IKernelHandler handler, TimeProvider? time = null, TextWriter? log = null)
    {
        _connection = connection;
        _handler = handler;
        _signer = new MessageSigner(connection.Key);
        _time = time ?? TimeProvider.System;
        _log = log ?? Console.Error;
        _poller = new NetMQPoller { _shell, _control, _stdin, _iopub, _heartbeat, _outgoing };
    }

    /// <summary>Listens and answers until a <c>shutdown_request</c> was answered or <paramref name="cancellationToken"/> is cancelled.</summary>
    /// <exception cref="JupyterProtocolException">A port of the connection file is taken.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        _stdin.Options.RouterMandatory = true;
        Bind(_shell, _connection.ShellPort, "shell");
        Bind(_control, _connection.ControlPort, "control");
        Bind(_stdin, _connection.StdinPort, "stdin");
        Bind(_iopub, _connection.IopubPort, "iopub");
        Bind(_heartbeat, _connection.HeartbeatPort, "heartbeat");

        _shell.ReceiveReady += (_, _) => Receive(_shell, message => _shellRequests.Writer.TryWrite(message));
        _control.ReceiveReady += (_, _) => Receive(_control, message => _controlRequests.Writer.TryWrite(message));
        _stdin.ReceiveReady += (_, _) => Receive(_stdin, AnswerInput);
        _heartbeat.ReceiveReady += (_, _) => _heartbeat.SendMultipartMessage(_heartbeat.ReceiveMultipartMessage());
        _iopub.ReceiveReady += (_, _) => Welcome(_iopub.ReceiveMultipartMessage());
        _outgoing.ReceiveReady += (_, _) => SendQueued();
        _poller.RunAsync("Jupyter sockets");

        await using var registration = cancellationToken.Register(_stopping.Cancel);
        Publish(null, "status", new JsonObject { ["execution_state"] = "starting" });
        await Task.WhenAll(
            Task.Run(() => WorkAsync(_shell, _shellRequests.Reader), CancellationToken.None),
            Task.Run(() => WorkAsync(_control, _controlRequests.Reader), CancellationToken.None));

        _poller.Stop();
        SendQueued();
    }

    /// <summary>Closes the sockets, giving what was sent a second to leave.</summary>
    public void Dispose()
    {
        lock (_sending)
            _closed = true;
        if (_poller.IsRunning)
            _poller.Stop();
        _poller.Dispose();
        _outgoing.Dispose();
        foreach (NetMQSocket socket in new NetMQSocket[] { _shell, _control, _stdin, _iopub, _heartbeat })
        {
            socket.Options.Linger = TimeSpan.FromSeconds(1);
            socket.Dispose();
        }

        _stopping.Dispose();
    }

    /// <summary>Sends a message to all front ends.</summary>
    /// <param name="parent">The header of the request it belongs to, if any.</param>
    /// <param name="messageType">Such as <c>comm_msg</c>.</param>
    /// <param name="content">The message's content.</param>
    /// <param name="metadata">Data beside the content, if any.</param>
    /// <param name="buffers">Binary data behind the content, if any.</param>
    public void Publish(MessageHeader? parent, string messageType, JsonObject content, JsonObject? metadata = null, IReadOnlyList<byte[]>? buffers = null) =>
        Send(_iopub, new Message
        {
            Identities = [Encoding.ASCII.GetBytes(messageType)],
            Header = MessageHeader.Create(messageType, _session, _time),
            ParentHeader = parent,
            Metadata = metadata ?? [],
            Content = content,
            Buffers = buffers ?? [],
        });

    internal async Task<string> InputAsync(Message request, string prompt, bool password, CancellationToken cancellationToken)
    {
        var header = MessageHeader.Create("input_request", _session, _time);
        var answer = _inputs[header.MessageId] = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            Send(_stdin, new Message
            {
                Identities = request.Identities,
                Header = header,
                ParentHeader = request.Header,
                Content = new JsonObject { ["prompt"] = prompt, ["password"] = password },
            });
            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _inputs.TryRemove(header.MessageId, out _);
        }
    }

    private void Bind(NetMQSocket socket, int port, string channel)
    {
        try
        {
            socket.Bind(_connection.Address(port));
        }
        catch (NetMQException exception)
        {
            throw new JupyterProtocolException($"The {channel} channel cannot listen on {_connection.Address(port)}: {exception.Message} Start the kernel again, which chooses other ports.", exception);
        }
    }

    private void Receive(NetMQSocket socket, Action<Message> accept)
    {
        try
        {
            var message = MessageFraming.Read(socket.ReceiveMultipartMessage(), _signer);
            // Without a key there is no signature to know a message by, and anybody may send what they like anyway.
            if (message.Signature.Length > 0 && !_recent.Add(message.Signature))
                throw new JupyterProtocolException($"A second copy of the {message.MessageType} with the id {message.Header.MessageId} was dropped: somebody played back a recorded message.");
            accept(message);
        }
        catch (JupyterProtocolException exception)
        {
            _log.WriteLine(exception.Message);
        }
    }

    private void AnswerInput(Message reply)
    {
        // Some front ends leave the parent header out; only one question can be open then.
        var waiting = reply.ParentHeader is { } parent && _inputs.TryGetValue(parent.MessageId, out var named) ? named : _inputs.Values.FirstOrDefault();
        waiting?.TrySetResult(reply.Content["value"]?.GetValue<string>() ?? "");
    }

    /// <summary>JEP 65: a new subscriber is greeted, so that it knows from when on it misses nothing.</summary>
    private void Welcome(NetMQMessage subscription)
    {
        if (subscription.First.Buffer is not [1, ..])
            return;
        var topic = Encoding.UTF8.GetString(subscription.First.ToByteArray().AsSpan(1));
        Send(_iopub, new Message
        {
            Identities = [Encoding.UTF8.GetBytes(topic)],
            Header = MessageHeader.Create("iopub_welcome", _session, _time),
            Content = new JsonObject { ["subscription"] = topic },
        });
    }

    private void Send(NetMQSocket socket, Message message)
    {
        // NetMQ does not refuse what is sent through a queue that is closed: it never comes back. What a cell's thread still prints then is lost.
        lock (_sending)
        {
            if (!_closed)
                _outgoing.Enqueue((socket, message));
        }
    }

    private void SendQueued()
    {
        while (_outgoing.TryDequeue(out var next, TimeSpan.Zero))
        {
            try
            {
                next.Socket.SendMultipartMessage(MessageFraming.Write(next.Message, _signer));
            }
            catch (HostUnreachableException)
            {
                _ = AskLaterAsync(next.Message);
            }
        }
    }

    /// <summary>A front end's channels connect one after the other: a question may come up before the one for questions is there.</summary>
    private async Task AskLaterAsync(Message question)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(50), _time);
        if (_inputs.ContainsKey(question.Header.MessageId))
            Send(_stdin, question);
    }

    private async Task WorkAsync(NetMQSocket socket, ChannelReader<Message> requests)
    {
        try
        {
            await foreach (var message in requests.ReadAllAsync(_stopping.Token))
                await AnswerAsync(socket, message, requests);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            _log.Flush();
        }
    }

    private async Task AnswerAsync(NetMQSocket socket, Message message, ChannelReader<Message> requests)
    {
        Publish(message.Header, "status", new JsonObject { ["execution_state"] = "busy" });
        JsonObject? reply = null;
        var behind = new List<Message>();
        try
        {
            reply = await _handler.HandleAsync(new KernelRequest(this, message), _stopping.Token);
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
        {
            _log.WriteLine($"{message.MessageType} failed: {exception}");
            reply = new JsonObject
            {
                ["status"] = "error",
                ["ename"] = exception.GetType().Name,
                ["evalue"] = exception.Message,
                ["traceback"] = new JsonArray(exception.Message),
            };
        }
        finally
        {
            // Before the front end learns of the failure: what it sends after that does not stand behind it.
            while (StopsOthers(message, reply) && requests.TryRead(out var next))
                behind.Add(next);
            if (reply is not null)
                Send(socket, ReplyTo(message, reply));
            Publish(message.Header, "status", new JsonObject { ["execution_state"] = "idle" });
        }

        if (message.MessageType == "shutdown_request")
            await _stopping.CancelAsync();
        foreach (var next in behind)
        {
            if (next.MessageType == "execute_request")
                Reply(socket, next, new JsonObject { ["status"] = "aborted" });
            else
                await AnswerAsync(socket, next, requests);
        }
    }

    private static bool StopsOthers(Message message, JsonObject? reply) =>
        message.MessageType == "execute_request"
        && reply?["status"]?.GetValue<string>() == "error"
        && message.Content["stop_on_error"]?.GetValue<bool>() != false;

    private void Reply(NetMQSocket socket, Message request, JsonObject content)
    {
        Publish(request.Header, "status", new JsonObject { ["execution_state"] = "busy" });
        Send(socket, ReplyTo(request, content));
        Publish(request.Header, "status", new JsonObject { ["execution_state"] = "idle" });
    }

    private Message ReplyTo(Message request, JsonObject content) => new()
    {
        Identities = request.Identities,
        Header = MessageHeader.Create(request.MessageType.Replace("_request", "_reply", StringComparison.Ordinal), _session, _time),
        ParentHeader = request.Header,
        Content = content,
    };
}
