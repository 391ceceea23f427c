using System.Collections.Concurrent;
using JupyterProtocol.Client;
using JupyterProtocol.Connections;
using JupyterProtocol.Messages;
using JupyterProtocol.Transport;

namespace JupyterProtocol.Tests.Client;

/// <summary>Kernels that take their time to begin, as on a busy machine.</summary>
public sealed class ReadinessTests : IDisposable
{
    private readonly ConnectionInfo _connection = ConnectionInfo.CreateLocal();
    private readonly SocketLoop _loop = new("Test kernel");
    private readonly ListeningSocket _shell;
    private readonly ListeningSocket _iopub;

    public ReadinessTests()
    {
        _shell = Create(SocketType.Router, _connection.ShellPort);
        _iopub = Create(SocketType.XPub, _connection.IopubPort);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _loop.Stop(() => true, TimeSpan.Zero, () =>
        {
            _shell.Close();
            _iopub.Close();
        });
        _loop.Dispose();
    }

    [Fact]
    public async Task A_kernel_that_answers_the_first_question_after_it_was_asked_again_is_ready()
    {
        var signer = new MessageSigner(_connection.Key);
        var asked = new BlockingCollection<Message>();
        var subscribed = new TaskCompletionSource();
        _shell.Received += frames => asked.Add(MessageFraming.Read(frames, signer));
        _iopub.Subscribed += _ => subscribed.TrySetResult();
        _shell.Bind("shell");
        _iopub.Bind("iopub");
        using var client = new KernelClient(_connection);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(60));

        var ready = client.WaitForReadyAsync(patience.Token);
        await subscribed.Task.WaitAsync(patience.Token);
        var first = await Task.Run(() => asked.Take(patience.Token), Token);
        await Task.Run(() => asked.Take(patience.Token), Token);
        await Task.Run(() => asked.Take(patience.Token), Token);
        _shell.TrySend(MessageFraming.Write(Answer(first, "kernel_info_reply", new() { ["implementation"] = "slow" }) with { Identities = first.Identities }, signer));
        _iopub.Publish(MessageFraming.Write(Answer(first, "status", new() { ["execution_state"] = "idle" }) with { Identities = ["status"u8.ToArray()] }, signer));

        Assert.Equal("slow", (await ready).Content["implementation"]!.GetValue<string>());
    }

    private static Message Answer(Message request, string type, System.Text.Json.Nodes.JsonObject content) =>
        new() { Header = MessageHeader.Create(type, "kernel", TimeProvider.System), ParentHeader = request.Header, Content = content };

    private ListeningSocket Create(SocketType type, int port) => new(type, Endpoint.Of(_connection, port), _loop, null, _ => { });
}
