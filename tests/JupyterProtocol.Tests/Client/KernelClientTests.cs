using JupyterProtocol.Client;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Messages;
using JupyterProtocol.Processes;
using ScriptedKernel;

namespace JupyterProtocol.Tests.Client;

public sealed class KernelClientTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jupyter-").FullName;
    private KernelProcess _kernel = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _kernel = await KernelProcess.StartAsync(
            new InstalledKernelSpec(ScriptedKernelSpec.Name, _folder, ScriptedKernelSpec.Create()), new KernelStartOptions { RuntimeDirectory = _folder }, Token);

    public async ValueTask DisposeAsync()
    {
        await _kernel.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_reply_comes_after_all_outputs_of_its_request()
    {
        var published = new List<Message>();

        await _kernel.Client.ExecuteAsync(string.Join('\n', Enumerable.Range(0, 500).Select(i => $"print {i}")), published.Add, cancellationToken: Token);

        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), published.Where(message => message.MessageType == "stream").Select(message => message.Content["text"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Requests_sent_at_once_each_get_their_own_reply_and_outputs()
    {
        var printed = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            var text = "";
            var reply = await _kernel.Client.ExecuteAsync($"print {i}", message => text += message.Content["text"]?.GetValue<string>(), cancellationToken: Token);
            return (Text: text, Count: reply.Content["execution_count"]!.GetValue<int>());
        }));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => ($"{i}", i + 1)), printed);
    }

    [Fact]
    public async Task A_request_that_waits_when_the_connection_is_closed_ends_and_the_next_is_refused()
    {
        var client = _kernel.Client;
        var waiting = client.ExecuteAsync("hang", cancellationToken: Token);

        client.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(30), Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.ExecuteAsync("print late", cancellationToken: Token).WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    [Fact]
    public async Task What_the_kernel_asks_is_answered()
    {
        var text = "";
        var options = new ExecuteOptions { Input = (prompt, password, _) => Task.FromResult($"{prompt}: 42 ({password})") };

        await _kernel.Client.ExecuteAsync("ask number", message => text += message.Content["text"]?.GetValue<string>(), options, cancellationToken: Token);

        Assert.Equal("number: 42 (False)", text);
    }

    [Fact]
    public async Task An_answer_that_fails_fails_the_request()
    {
        var options = new ExecuteOptions { Input = (_, _, _) => throw new InvalidOperationException("nobody is here") };

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => _kernel.Client.ExecuteAsync("ask number", options: options, cancellationToken: Token));

        Assert.Equal("nobody is here", error.Message);
    }

    [Fact]
    public async Task Without_anybody_to_answer_the_kernel_may_not_ask()
    {
        var reply = await _kernel.Client.ExecuteAsync("ask number", cancellationToken: Token);

        Assert.Equal("error", reply.Content["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Waiting_can_be_stopped_and_the_kernel_goes_on()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var begun = new TaskCompletionSource();
        var waiting = _kernel.Client.ExecuteAsync("print begun\nwait", message =>
        {
            if (message.MessageType == "stream") begun.TrySetResult();
        }, new ExecuteOptions { StopOnError = false }, cancellationToken: stop.Token);
        await begun.Task.WaitAsync(Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await _kernel.Client.InterruptAsync(Token);
        Assert.Equal("ok", (await _kernel.Client.ExecuteAsync("print on", cancellationToken: Token)).Content["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_exception_of_the_output_handler_fails_the_request()
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(
            () => _kernel.Client.ExecuteAsync("print hello", _ => throw new InvalidDataException("not my kind"), cancellationToken: Token));

        Assert.Equal("not my kind", error.Message);
    }

    [Fact]
    public async Task Everything_published_is_told_to_all_listeners()
    {
        var types = new List<string>();
        _kernel.Client.Published += message => types.Add(message.MessageType);

        await _kernel.Client.ExecuteAsync("print hello", cancellationToken: Token);

        Assert.Equal(["status", "stream", "status"], types);
    }
}
