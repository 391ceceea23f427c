using System.Text.Json.Nodes;
using JupyterProtocol.Client;
using JupyterProtocol.Connections;
using JupyterProtocol.Messages;
using JupyterProtocol.Server;

namespace JupyterProtocol.Tests.Server;

/// <summary>Kernel subshells (JEP 91) as the server keeps them.</summary>
public sealed class SubshellsTests : IAsyncLifetime
{
    private readonly ConnectionInfo _connection = ConnectionInfo.CreateLocal();
    private readonly EchoHandler _handler = new();
    private KernelServer _server = null!;
    private KernelClient _client = null!;
    private Task _running = Task.CompletedTask;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = new KernelServer(_connection, _handler, log: TextWriter.Null);
        _running = _server.RunAsync(Token);
        _client = new KernelClient(_connection);
        await _client.WaitForReadyAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.ShutdownAsync(cancellationToken: Token);
        await _running;
        _client.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task A_subshell_answers_while_the_main_shell_is_busy()
    {
        var id = await CreateAsync();
        var waiting = _client.ExecuteAsync("wait", cancellationToken: Token);
        await _handler.Waiting.Task.WaitAsync(Token);

        var published = new List<Message>();
        var reply = await _client.RequestAsync("execute_request", new JsonObject { ["code"] = "print beside" }, published.Add, subshellId: id, cancellationToken: Token);

        Assert.Equal("ok", Text(reply, "status"));
        Assert.Equal(id, reply.ParentHeader!.SubshellId);
        Assert.All(published, message => Assert.Equal(id, message.ParentHeader!.SubshellId));
        Assert.Equal(["status", "stream", "status"], published.Select(message => message.MessageType));
        Assert.False(waiting.IsCompleted);
        await _client.InterruptAsync(Token);
        await waiting;
    }

    [Fact]
    public async Task Subshells_are_listed_until_they_are_deleted()
    {
        string[] ids = [await CreateAsync(), await CreateAsync()];

        Assert.Equal(ids.Order(), (await ListAsync()).Order());
        await _client.ControlAsync("delete_subshell_request", new JsonObject { ["subshell_id"] = ids[0] }, Token);
        Assert.Equal([ids[1]], await ListAsync());
    }

    [Theory]
    [InlineData("\"nobody\"")]
    [InlineData("5")]
    [InlineData("null")]
    public async Task Deleting_a_subshell_that_is_not_there_is_an_error(string id)
    {
        var reply = await _client.ControlAsync("delete_subshell_request", new JsonObject { ["subshell_id"] = JsonNode.Parse(id) }, Token);

        Assert.Equal(("error", "UnknownSubshellError"), (Text(reply, "status"), Text(reply, "ename")));
    }

    [Fact]
    public async Task A_request_for_a_subshell_that_is_not_there_gets_an_error_between_busy_and_idle()
    {
        var states = new List<string?>();

        var reply = await _client.RequestAsync("execute_request", new JsonObject { ["code"] = "print never" }, message => states.Add(Text(message, "execution_state")), subshellId: "nobody", cancellationToken: Token);

        Assert.Equal(("error", "UnknownSubshellError"), (Text(reply, "status"), Text(reply, "ename")));
        Assert.Contains("'nobody'", Text(reply, "evalue"), StringComparison.Ordinal);
        Assert.Equal(["busy", "idle"], states);
    }

    [Fact]
    public async Task A_failure_aborts_what_is_queued_in_the_same_shell_only()
    {
        var id = await CreateAsync();
        var waiting = _client.ExecuteAsync("wait", cancellationToken: Token);
        await _handler.Waiting.Task.WaitAsync(Token);
        var queued = _client.ExecuteAsync("print later", cancellationToken: Token);

        var failed = await _client.RequestAsync("execute_request", new JsonObject { ["code"] = "fail" }, subshellId: id, cancellationToken: Token);
        await _client.InterruptAsync(Token);

        Assert.Equal("error", Text(failed, "status"));
        Assert.Equal("ok", Text(await waiting, "status"));
        Assert.Equal("ok", Text(await queued, "status"));
    }

    [Fact]
    public async Task Deleting_a_subshell_stops_what_it_runs_and_answers_what_it_has_not()
    {
        var id = await CreateAsync();
        var running = _client.RequestAsync("execute_request", new JsonObject { ["code"] = "wait" }, subshellId: id, cancellationToken: Token);
        await _handler.Waiting.Task.WaitAsync(Token);
        var queued = _client.RequestAsync("execute_request", new JsonObject { ["code"] = "print never" }, subshellId: id, cancellationToken: Token);
        // Answered after the one above was received.
        await _client.ExecuteAsync("print on", cancellationToken: Token);

        await _client.ControlAsync("delete_subshell_request", new JsonObject { ["subshell_id"] = id }, Token);

        Assert.Equal("aborted", Text(await running, "status"));
        Assert.Equal("aborted", Text(await queued, "status"));
    }

    private static string? Text(Message message, string field) => message.Content.Read<string>(field);

    private async Task<string> CreateAsync() => Text(await _client.ControlAsync("create_subshell_request", [], Token), "subshell_id")!;

    private async Task<string[]> ListAsync() =>
        [.. (await _client.ControlAsync("list_subshell_request", [], Token)).Content["subshell_id"]!.AsArray().Select(id => id!.GetValue<string>())];
}
