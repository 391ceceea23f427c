using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using JupyterProtocol.Client;
using JupyterProtocol.Connections;
using JupyterProtocol.Messages;
using JupyterProtocol.Server;
using JupyterProtocol.Tests.Transport;
using JupyterProtocol.Transport;

namespace JupyterProtocol.Tests.Server;

public sealed class KernelServerTests : IAsyncLifetime
{
    private readonly ConnectionInfo _connection = ConnectionInfo.CreateLocal();
    private readonly EchoHandler _handler = new();
    private readonly StringWriter _written = new();
    private readonly TextWriter _log;
    private KernelServer _server = null!;
    private KernelClient _client = null!;
    private Task _running = Task.CompletedTask;

    public KernelServerTests() => _log = TextWriter.Synchronized(_written);

    private string Log
    {
        get
        {
            // The synchronized writer locks itself.
            lock (_log)
                return _written.ToString();
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = new KernelServer(_connection, _handler, log: _log);
        _running = _server.RunAsync(Token);
        _client = new KernelClient(_connection);
        await _client.WaitForReadyAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_running.IsCompleted)
            await _client.ShutdownAsync(cancellationToken: Token);
        await _running;
        _client.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Outputs_arrive_between_busy_and_idle_and_belong_to_their_request()
    {
        var published = new ConcurrentQueue<Message>();

        var reply = await _client.ExecuteAsync("print hello", published.Enqueue, cancellationToken: Token);

        Assert.Equal("execute_reply", reply.MessageType);
        Assert.Equal(["status", "stream", "status"], published.Select(message => message.MessageType));
        Assert.Equal("hello", published.ElementAt(1).Content["text"]!.GetValue<string>());
        Assert.All(published, message => Assert.Equal(reply.ParentHeader!.MessageId, message.ParentHeader!.MessageId));
    }

    [Fact]
    public async Task A_handler_that_throws_gives_an_error_reply_and_the_next_request_is_answered()
    {
        var failed = await _client.ExecuteAsync("throw", cancellationToken: Token);
        var next = await _client.ExecuteAsync("print fine", cancellationToken: Token);

        Assert.Equal("error", failed.Content["status"]!.GetValue<string>());
        Assert.Equal("the handler broke", failed.Content["evalue"]!.GetValue<string>());
        Assert.Equal("ok", next.Content["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Messages_of_comms_pass_a_request_that_lets_them_and_keep_their_order()
    {
        var blocked = _client.ExecuteAsync("wait", cancellationToken: Token);
        await _handler.Waiting.Task.WaitAsync(Token);
        var passed = _client.ExecuteAsync("pass", cancellationToken: Token);
        _client.Send("comm_msg", new JsonObject { ["comm_id"] = "one" });
        var behind = _client.ExecuteAsync("print behind", cancellationToken: Token);
        _client.Send("comm_msg", new JsonObject { ["comm_id"] = "two" });
        _client.Send("comm_msg", new JsonObject { ["comm_id"] = "three" });

        await _client.InterruptAsync(Token);
        await Task.WhenAll(blocked, passed, behind).WaitAsync(TimeSpan.FromSeconds(30), Token);
        await _client.ExecuteAsync("print last", cancellationToken: Token);

        Assert.Equal(["one", "two", "three"], _handler.Comms);
    }

    [Fact]
    public async Task An_interrupt_reaches_the_kernel_while_a_cell_runs()
    {
        var running = _client.ExecuteAsync("wait", cancellationToken: Token);
        await _handler.Waiting.Task.WaitAsync(Token);

        await _client.InterruptAsync(Token);

        Assert.Equal("ok", (await running).Content["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Requests_queued_behind_a_failing_one_are_aborted()
    {
        var waiting = _client.ExecuteAsync("wait", cancellationToken: Token);
        await _handler.Waiting.Task.WaitAsync(Token);
        var failing = _client.ExecuteAsync("fail", cancellationToken: Token);
        var queued = _client.ExecuteAsync("print never", cancellationToken: Token);
        // A request on the control channel is answered after the two above were received: the client sends in order.
        await _client.InterruptAsync(Token);

        await waiting;
        Assert.Equal("error", (await failing).Content["status"]!.GetValue<string>());
        Assert.Equal("aborted", (await queued).Content["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_kernel_asks_and_the_front_end_answers()
    {
        var text = new TaskCompletionSource<string>();
        var options = new ExecuteOptions { Input = (prompt, _, _) => Task.FromResult($"{prompt}? Ann") };

        await _client.ExecuteAsync("ask name", message =>
        {
            if (message.MessageType == "stream")
                text.SetResult(message.Content["text"]!.GetValue<string>());
        }, options, cancellationToken: Token);

        Assert.Equal("name? Ann", await text.Task.WaitAsync(Token));
    }

    [Fact]
    public async Task A_question_waits_for_a_front_end_whose_channel_for_questions_comes_last()
    {
        var busy = new TaskCompletionSource();
        _client.Published += message =>
        {
            if (message.ParentHeader?.MessageId == "asks") busy.TrySetResult();
        };
        using var shell = new RawSocket(SocketType.Dealer, _connection, _connection.ShellPort, "somebody");
        shell.Send(Signed("execute_request", "asks", "2026-01-01T00:00:00Z", """{"code":"ask name","allow_stdin":true}"""));
        await busy.Task.WaitAsync(Token);
        // Long enough for the question to have been asked, and in vain.
        await Task.Delay(200, Token);

        using var stdin = new RawSocket(SocketType.Dealer, _connection, _connection.StdinPort, "somebody");

        Assert.Contains("name", Encoding.UTF8.GetString(stdin.Receive(TimeSpan.FromSeconds(20))![^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_a_front_end_that_takes_no_input_is_an_error_that_says_so()
    {
        var reply = await _client.ExecuteAsync("ask name", cancellationToken: Token);

        Assert.Contains("allow_stdin", reply.Content["evalue"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_signed_with_another_key_is_dropped_and_reported()
    {
        using var stranger = new KernelClient(_connection with { Key = "not the key" });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var attempt = stranger.ExecuteAsync("print mine", cancellationToken: patience.Token);

        while (!Log.Contains("wrong signature", StringComparison.Ordinal))
        {
            await Task.Yield();
            Token.ThrowIfCancellationRequested();
        }

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => attempt);
        Assert.Equal("ok", (await _client.ExecuteAsync("print ours", cancellationToken: Token)).Content["status"]!.GetValue<string>());
    }

    [Fact]
    public void Two_messages_with_one_id_are_both_answered_as_jupyter_clients_manager_and_client_count_apart()
    {
        using var socket = new RawSocket(SocketType.Dealer, _connection, _connection.ControlPort);

        Assert.True(Answered(socket, Signed("interrupt_request", "id-0", "2026-01-01T00:00:00Z")));
        Assert.True(Answered(socket, Signed("interrupt_request", "id-0", "2026-01-01T00:00:01Z")));
    }

    [Fact]
    public void A_recorded_message_that_is_played_again_is_dropped_and_reported()
    {
        using var socket = new RawSocket(SocketType.Dealer, _connection, _connection.ControlPort);
        var recorded = Signed("interrupt_request", "id-0", "2026-01-01T00:00:00Z");

        Assert.True(Answered(socket, recorded));
        Assert.False(Answered(socket, recorded, seconds: 1));
        Assert.Contains("second copy of the interrupt_request with the id id-0", Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_type_the_kernel_does_not_know_gets_no_reply_but_idle()
    {
        var idle = new TaskCompletionSource();
        _client.Published += message =>
        {
            if (message.ParentHeader?.MessageType == "unheard_of" && message.Content["execution_state"]?.GetValue<string>() == "idle")
                idle.TrySetResult();
        };

        _client.Send("unheard_of", new JsonObject());

        await idle.Task.WaitAsync(Token);
        Assert.Equal("ok", (await _client.ExecuteAsync("print on", cancellationToken: Token)).Content["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Shutdown_is_answered_and_ends_the_server()
    {
        var reply = await _client.ShutdownAsync(restart: true, Token);

        Assert.True(reply.Content["restart"]!.GetValue<bool>());
        await _running.WaitAsync(Token);
    }

    private static bool Answered(RawSocket socket, IReadOnlyList<byte[]> message, int seconds = 30)
    {
        socket.Send(message);
        return socket.Receive(TimeSpan.FromSeconds(seconds)) is not null;
    }

    private IReadOnlyList<byte[]> Signed(string messageType, string id, string date, string content = "{}")
    {
        var parts = new[] { $$"""{"msg_id":"{{id}}","session":"s","username":"u","date":"{{date}}","msg_type":"{{messageType}}","version":"5.4"}""", "{}", "{}", content };
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_connection.Key), Encoding.UTF8.GetBytes(string.Concat(parts))));
        return [.. new[] { "<IDS|MSG>", signature }.Concat(parts).Select(Encoding.UTF8.GetBytes)];
    }
}
