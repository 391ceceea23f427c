using System.Text.Json.Nodes;
using CSharpKernel.Tests.Lifetime;
using JupyterProtocol.Client;
using JupyterProtocol.Messages;

namespace CSharpKernel.Tests.Protocol;

/// <summary>What an <c>execute_request</c> may say, asked over the wire.</summary>
public sealed class ExecuteRequestTests : IAsyncLifetime
{
    private RestartableKernel _kernel = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _kernel = await RestartableKernel.StartAsync();

    public ValueTask DisposeAsync()
    {
        _kernel.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    // As JupyterLab 4.6 sends it: the cell's metadata, and its id.
    [InlineData("""{ "dotnet_interactive": { "language": "html" }, "trusted": true, "cellId": "a" }""", "text/html", "<b>x</b>")]
    [InlineData("""{ "polyglot_notebook": { "kernelName": "html" }, "cellId": "a" }""", "text/html", "<b>x</b>")]
    [InlineData("""{ "dotnet_interactive": { "language": "html" }, "polyglot_notebook": { "kernelName": "csharp" } }""", "text/html", "<b>x</b>")]
    [InlineData("""{ "dotnet_interactive": { "language": "markdown" } }""", "text/html", "<p><b>x</b></p>\n")]
    public async Task The_language_is_that_of_the_cells_metadata(string metadata, string type, string expected)
    {
        var (reply, shown) = await RunAsync("<b>x</b>", metadata: JsonNode.Parse(metadata)!.AsObject());

        Assert.Equal("ok", (string?)reply.Content["status"]);
        Assert.Equal(expected, (string?)Assert.Single(shown, message => message.MessageType == "display_data").Content["data"]![type]);
    }

    [Theory]
    [InlineData("""{ "dotnet_interactive": { "language": "csharp" } }""")]
    [InlineData("""{ "polyglot_notebook": { "kernelName": "csharp" } }""")]
    [InlineData("""{ "dotnet_interactive": 5, "polyglot_notebook": { "kernelName": ["html"] } }""")]
    [InlineData("""{ "dotnet_interactive": { "language": "" }, "cellId": null }""")]
    public async Task Metadata_that_says_C_sharp_or_nothing_is_C_sharp(string metadata) =>
        Assert.Equal("3", ResultOf((await RunAsync("1 + 2", metadata: JsonNode.Parse(metadata)!.AsObject())).Shown));

    [Fact]
    public async Task A_language_that_is_not_there_is_an_error_that_names_it()
    {
        var (reply, _) = await RunAsync("let x = 1", metadata: new() { ["dotnet_interactive"] = new JsonObject { ["language"] = "cobol" } });

        Assert.Contains("cobol", (string?)reply.Content["evalue"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_front_end_that_takes_no_input_makes_a_question_an_error_and_nothing_hangs()
    {
        var (reply, _) = await RunAsync("input(\"Name? \")");

        Assert.Equal("error", (string?)reply.Content["status"]);
        Assert.Equal("2", ResultOf((await RunAsync("1 + 1")).Shown));
    }

    [Theory]
    [InlineData("input(\"Name? \")")]
    [InlineData("Console.ReadLine()")]
    [InlineData("await GetInputAsync(\"Name? \")")]
    public async Task An_interrupt_ends_a_question_and_an_answer_that_comes_too_late_is_not_the_next_ones(string question)
    {
        var late = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = RunAsync($"var kept = 1; var first = {question};", new ExecuteOptions { Input = (_, _, _) => { asked.TrySetResult(); return late.Task; } });
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);

        await _kernel.Client.InterruptAsync(Token);
        Assert.Equal("error", (string?)(await first).Reply.Content["status"]);

        var (reply, shown) = await RunAsync($"var second = {question}; second + kept", new ExecuteOptions
        {
            Input = async (_, _, _) =>
            {
                late.SetResult("late");
                // Sent after the late one, on the same channel.
                await late.Task;
                await Task.Yield();
                return "right";
            },
        });
        Assert.Equal("ok", (string?)reply.Content["status"]);
        Assert.Equal("right1", ResultOf(shown));
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_is_ignored()
    {
        var late = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = RunAsync("input(\"\")", new ExecuteOptions { Input = (_, _, _) => { asked.TrySetResult(); return late.Task; } });
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);
        await _kernel.Client.InterruptAsync(Token);
        await first;

        late.SetResult("nobody asked");

        Assert.Equal("2", ResultOf((await RunAsync("1 + 1")).Shown));
    }

    [Fact]
    public async Task A_silent_cell_shows_nothing_and_counts_nothing_but_happens()
    {
        await RunAsync("var x = 1;");
        var (reply, shown) = await RunAsync("x = 2; Console.WriteLine(x); display(x); x", new ExecuteOptions { Silent = true });

        Assert.Equal(("ok", 1), ((string?)reply.Content["status"], (int)reply.Content["execution_count"]!));
        Assert.Equal(["status", "status"], shown.Select(message => message.MessageType));
        Assert.Equal("2", ResultOf((await RunAsync("x")).Shown));
    }

    [Fact]
    public async Task A_cell_that_is_not_to_be_stored_is_shown_but_neither_counted_nor_remembered()
    {
        await RunAsync("1");
        var (reply, shown) = await RunAsync("41 + 1", new ExecuteOptions { StoreHistory = false });

        Assert.Equal(1, (int)reply.Content["execution_count"]!);
        Assert.Equal("42", ResultOf(shown));
        Assert.Equal(2, (int)(await RunAsync("2")).Reply.Content["execution_count"]!);
        var history = await _kernel.Client.RequestAsync("history_request", new() { ["hist_access_type"] = "tail", ["n"] = 9 }, cancellationToken: Token);
        Assert.Equal(["1", "2"], history.Content["history"]!.AsArray().Select(line => (string)line![2]!));
    }

    [Theory]
    [InlineData(true, "aborted")]
    [InlineData(false, "ok")]
    public async Task What_waits_behind_a_failing_cell_runs_only_when_that_cell_says_so(bool stops, string expected)
    {
        var failing = RunAsync("await Task.Delay(300); throw new Exception();", new ExecuteOptions { StopOnError = stops });
        var next = RunAsync("1 + 1");

        Assert.Equal("error", (string?)(await failing).Reply.Content["status"]);
        Assert.Equal(expected, (string?)(await next).Reply.Content["status"]);
        Assert.Equal("ok", (string?)(await RunAsync("1 + 1")).Reply.Content["status"]);
    }

    [Fact]
    public async Task A_user_expression_that_throws_or_does_not_compile_spoils_neither_the_cell_nor_the_others()
    {
        var reply = await _kernel.Client.RequestAsync("execute_request", new JsonObject
        {
            ["code"] = "var x = 20;",
            ["user_expressions"] = new JsonObject { ["fine"] = "x + 1", ["throws"] = "int.Parse(\"x\")", ["wrong"] = "y +", ["empty"] = "", ["odd"] = 5 },
        }, cancellationToken: Token).WaitAsync(TimeSpan.FromSeconds(60), Token);

        var values = reply.Content["user_expressions"]!.AsObject();
        Assert.Equal("ok", (string?)reply.Content["status"]);
        Assert.Equal("21", (string?)values["fine"]!["data"]!["text/plain"]);
        Assert.Equal(("error", "FormatException"), ((string?)values["throws"]!["status"], (string?)values["throws"]!["ename"]));
        Assert.Equal(("error", "CompilationError"), ((string?)values["wrong"]!["status"], (string?)values["wrong"]!["ename"]));
        Assert.NotEmpty(values["throws"]!["traceback"]!.AsArray());
        Assert.Equal("5", (string?)values["odd"]!["data"]!["text/plain"]);
    }

    private static string ResultOf(IReadOnlyList<Message> shown) => (string)Assert.Single(shown, message => message.MessageType == "execute_result").Content["data"]!["text/plain"]!;

    private async Task<(Message Reply, IReadOnlyList<Message> Shown)> RunAsync(string code, ExecuteOptions? options = null, JsonObject? metadata = null)
    {
        var shown = new List<Message>();
        var reply = await _kernel.Client.ExecuteAsync(code, shown.Add, options, metadata, Token).WaitAsync(TimeSpan.FromSeconds(60), Token);
        return (reply, shown);
    }
}
