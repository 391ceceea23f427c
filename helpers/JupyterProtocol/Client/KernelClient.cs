using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using JupyterProtocol.Connections;
using JupyterProtocol.Messages;

namespace JupyterProtocol.Client;

/// <summary>The front end's side of the wire: talks to any running Jupyter kernel. Its methods may be called from any thread.</summary>
public sealed class KernelClient : IDisposable
{
    private readonly TimeProvider _time;
    private readonly string _session = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<string, PendingRequest> _pending = new();
    private readonly ClientSockets _sockets;

    /// <summary>Connects to a kernel. Connecting succeeds before the kernel listens; <see cref="WaitForReadyAsync"/> tells when it answers.</summary>
    /// <param name="connection">Where the kernel listens, and its keys.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <exception cref="JupyterProtocolException">The connection's transport, ports or keys are not possible.</exception>
    public KernelClient(ConnectionInfo connection, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _sockets = new ClientSockets(connection, OnReply, OnPublished, OnInputRequest, FailAll);
    }

    /// <summary>Every message on iopub, whatever request it belongs to; raised on the socket thread, so handlers must be quick.</summary>
    public event Action<Message>? Published;

    /// <summary>Waits until the kernel answers on shell and its messages on iopub arrive, and returns its <c>kernel_info_reply</c>.</summary>
    /// <param name="cancellationToken">Bounds the wait.</param>
    public async Task<Message> WaitForReadyAsync(CancellationToken cancellationToken = default)
    {
        // A subscription takes effect some time after the connection, so a request whose status never arrives is asked again: soon, because
        // the wait is the reader's, and then less and less often. On a busy machine the answer to an earlier one may come first.
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answers = new List<Task<Message>>();
        try
        {
            for (var wait = TimeSpan.FromMilliseconds(50); ; wait = wait < TimeSpan.FromSeconds(1) ? 2 * wait : wait)
            {
                answers.Add(RequestAsync("kernel_info_request", [], cancellationToken: asking.Token));
                var pause = Task.Delay(wait, _time, asking.Token);
                var first = await Task.WhenAny([.. answers, pause]);
                if (first is Task<Message> answer)
                    return await answer;
                await pause;
            }
        }
        finally
        {
            await asking.CancelAsync();
        }
    }

    /// <summary>Executes code and returns the <c>execute_reply</c> once the reply and all of its outputs have arrived.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="published">Called for each iopub message of this request, in order, on the socket thread.</param>
    /// <param name="options">How to execute.</param>
    /// <param name="metadata">The message's metadata; front ends put the cell's there.</param>
    /// <param name="cancellationToken">Stops waiting; the kernel goes on (see <see cref="InterruptAsync"/>).</param>
    public Task<Message> ExecuteAsync(string code, Action<Message>? published = null, ExecuteOptions? options = null, JsonObject? metadata = null, CancellationToken cancellationToken = default)
    {
        options ??= new ExecuteOptions();
        var content = new JsonObject
        {
            ["code"] = code,
            ["silent"] = options.Silent,
            ["store_history"] = options.StoreHistory,
            ["user_expressions"] = new JsonObject(),
            ["allow_stdin"] = options.Input is not null,
            ["stop_on_error"] = options.StopOnError,
        };
        return SendAsync(
            _sockets.SendShell, "execute_request", content, new PendingRequest(published, options.Input, waitForIdle: true, cancellationToken) { Replied = options.Replied }, metadata);
    }

    /// <summary>Sends any request on the shell channel and returns its reply once it and the kernel's <c>idle</c> have arrived.</summary>
    /// <param name="messageType">Such as <c>complete_request</c>.</param>
    /// <param name="content">The request's content.</param>
    /// <param name="published">Called for each iopub message of this request, in order, on the socket thread.</param>
    /// <param name="input">Answers the kernel's questions.</param>
    /// <param name="metadata">The message's metadata.</param>
    /// <param name="subshellId">The subshell that is to answer, from <c>create_subshell_request</c>; default the main shell.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<Message> RequestAsync(
        string messageType,
        JsonObject content,
        Action<Message>? published = null,
        Func<string, bool, CancellationToken, Task<string>>? input = null,
        JsonObject? metadata = null,
        string? subshellId = null,
        CancellationToken cancellationToken = default) =>
        SendAsync(_sockets.SendShell, messageType, content, new PendingRequest(published, input, waitForIdle: true, cancellationToken), metadata, subshellId);

    /// <summary>Sends any request on the control channel, where it is answered while a cell runs, and returns its reply.</summary>
    /// <param name="messageType">Such as <c>create_subshell_request</c>.</param>
    /// <param name="content">The request's content.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<Message> ControlAsync(string messageType, JsonObject content, CancellationToken cancellationToken = default) =>
        SendAsync(_sockets.SendControl, messageType, content, new PendingRequest(null, null, waitForIdle: false, cancellationToken));

    /// <summary>Asks the kernel by message to interrupt what it runs (kernels with <c>interrupt_mode: message</c>).</summary>
    public Task<Message> InterruptAsync(CancellationToken cancellationToken = default) =>
        ControlAsync("interrupt_request", [], cancellationToken);

    /// <summary>Asks the kernel to end itself, or to be ready for a restart.</summary>
    public Task<Message> ShutdownAsync(bool restart = false, CancellationToken cancellationToken = default) =>
        ControlAsync("shutdown_request", new JsonObject { ["restart"] = restart }, cancellationToken);

    /// <summary>Sends a message that has no reply, such as <c>comm_msg</c>, on the shell channel.</summary>
    public void Send(string messageType, JsonObject content, IReadOnlyList<byte[]>? buffers = null) =>
        _sockets.SendShell(new Message { Header = MessageHeader.Create(messageType, _session, _time), Content = content, Buffers = buffers ?? [] });

    /// <summary>Closes the connection; the kernel goes on. Requests that wait for an answer end with an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        _sockets.Dispose();
        FailAll(new ObjectDisposedException(nameof(KernelClient), "The connection to the kernel was closed before it answered."));
    }

    private async Task<Message> SendAsync(Action<Message> send, string messageType, JsonObject content, PendingRequest pending, JsonObject? metadata = null, string? subshellId = null)
    {
        var header = MessageHeader.Create(messageType, _session, _time) with { SubshellId = subshellId };
        _pending[header.MessageId] = pending;
        try
        {
            send(new Message { Header = header, Content = content, Metadata = metadata ?? [] });
            return await pending.Completion;
        }
        finally
        {
            _pending.TryRemove(header.MessageId, out _);
        }
    }

    private void FailAll(Exception exception)
    {
        foreach (var pending in _pending.Values)
            pending.Fail(exception);
    }

    private PendingRequest? PendingOf(Message message) =>
        message.ParentHeader is { } parent && _pending.TryGetValue(parent.MessageId, out var pending) ? pending : null;

    private void OnReply(Message message) => PendingOf(message)?.OnReply(message);

    private void OnPublished(Message message)
    {
        Published?.Invoke(message);
        PendingOf(message)?.OnPublished(message);
    }

    private void OnInputRequest(Message message)
    {
        if (PendingOf(message) is not { } pending)
            return;
        // Off the socket thread: a person may take minutes to answer.
        _ = Task.Run(async () =>
        {
            try
            {
                var value = await pending.AnswerInputAsync(message.Content.Read<string>("prompt") ?? "", message.Content.Read<bool>("password"));
                _sockets.SendStdin(new Message
                {
                    Header = MessageHeader.Create("input_reply", _session, _time),
                    ParentHeader = message.Header,
                    Content = new JsonObject { ["value"] = value },
                });
            }
            catch (Exception exception)
            {
                pending.Fail(exception);
            }
        });
    }
}
