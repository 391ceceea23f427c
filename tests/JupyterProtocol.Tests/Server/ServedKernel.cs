using JupyterProtocol.Client;
using JupyterProtocol.Connections;
using JupyterProtocol.Server;

namespace JupyterProtocol.Tests.Server;

/// <summary>A kernel of <see cref="EchoHandler"/> with a client that knows its keys.</summary>
internal sealed class ServedKernel : IAsyncDisposable
{
    private readonly KernelServer _server;
    private readonly Task _running;
    private readonly StringWriter _log = new();

    private ServedKernel(ConnectionInfo connection)
    {
        Connection = connection;
        _server = new KernelServer(connection, new EchoHandler(), log: TextWriter.Synchronized(_log));
        _running = _server.RunAsync(Token);
        Client = new KernelClient(connection);
    }

    public ConnectionInfo Connection { get; }

    public KernelClient Client { get; }

    /// <summary>What the server wrote, complete once it is disposed.</summary>
    public string Log => _log.ToString();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ServedKernel> StartAsync(ConnectionInfo connection)
    {
        var kernel = new ServedKernel(connection);
        if (kernel._running.IsFaulted)
            await kernel._running;
        await kernel.Client.WaitForReadyAsync(Token);
        return kernel;
    }

    /// <summary>Whether the kernel still executes, and soon.</summary>
    public async Task AssertAliveAsync()
    {
        string status;
        do
        {
            var reply = await Client.ExecuteAsync("print on", cancellationToken: Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
            status = reply.Content["status"]!.GetValue<string>();
        }
        while (status == "aborted"); // Rightly so when it stood behind a request that failed.

        Assert.Equal("ok", status);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.ShutdownAsync(cancellationToken: Token);
        await _running;
        Client.Dispose();
        _server.Dispose();
    }
}
