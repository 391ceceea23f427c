using CSharpKernel.Execution;
using CSharpKernel.Lifetime;
using CSharpKernel.Packages;
using CSharpKernel.Protocol;
using JupyterProtocol;
using JupyterProtocol.Client;
using JupyterProtocol.Connections;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Messages;
using JupyterProtocol.Processes;
using JupyterProtocol.Server;

namespace CSharpKernel.Hosting;

/// <summary>The C# kernel in this process, with a client that talks to it over sockets.</summary>
internal sealed class InProcessKernel : IConnectedKernel
{
    // What shells report whose process was killed: 128 + SIGKILL.
    private const int Killed = 137;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ProcessState _process;
    private readonly CSharpEngine _engine;
    private readonly KernelServer _server;
    private readonly Action _ended;
    private Task _serving = Task.CompletedTask;
    private int _isEnded;

    public InProcessKernel(InstalledKernelSpec kernel, KernelStartOptions options, Action ended)
    {
        Kernel = kernel;
        var connection = ConnectionInfo.CreateLocal(kernel.Name);
        if (options.Encryption != TransportEncryption.Disabled)
            connection = connection.WithEncryption();
        _process = ProcessState.Enter(options, kernel.Spec);
        try
        {
            _engine = new CSharpEngine(Environment.CurrentDirectory, PackageResolver.DefaultCache, TimeProvider.System);
            _server = new KernelServer(connection, new CSharpKernelHandler(_engine, new KernelLifetime(null, TextWriter.Null)), TimeProvider.System, TextWriter.Null);
            Client = new KernelClient(connection);
        }
        catch
        {
            _process.Dispose();
            throw;
        }
        _ended = ended;
    }

    // It has no outputs of its own.
    public event Action<string>? Wrote
    {
        add { }
        remove { }
    }

    public InstalledKernelSpec Kernel { get; }

    public KernelClient Client { get; }

    public Message Info { get; private set; } = null!;

    public int ProcessId => Environment.ProcessId;

    public Task<int> Exited => _exited.Task;

    public string LastWords => "";

    public void ForgetWords()
    {
        // It has none.
    }

    /// <summary>Listens, and waits until it answers.</summary>
    public async Task BeginAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        _serving = ServeAsync();
        try
        {
            Info = await this.WithExitAsync(Client.WaitForReadyAsync(cancellationToken).WaitAsync(limit, cancellationToken));
        }
        catch (TimeoutException)
        {
            throw new JupyterProtocolException(FormattableString.Invariant($"The kernel '{Kernel.Name}' in this process did not answer within {limit.TotalSeconds:0} seconds: give it more time."));
        }
    }

    public async Task InterruptAsync(CancellationToken cancellationToken = default) => await this.WithExitAsync(Client.InterruptAsync(cancellationToken));

    /// <summary>Stops listening. A cell that does not give in cannot be ended without this process, and goes on.</summary>
    public async Task KillAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_serving, Task.Delay(Patience));
        End(Killed);
    }

    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted && Info is not null)
        {
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await this.WithExitAsync(Client.ShutdownAsync(cancellationToken: patience.Token));
                await Exited.WaitAsync(patience.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or JupyterProtocolException)
            {
                await KillAsync();
            }
        }
        await KillAsync();
        Client.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            await _server.RunAsync(_stop.Token);
        }
        catch (JupyterProtocolException)
        {
            // A port was taken meanwhile.
            End(1);
            return;
        }
        End(0);
    }

    private void End(int code)
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
            return;
        _server.Dispose();
        _engine.Dispose();
        _process.Dispose();
        _ended();
        _exited.TrySetResult(code);
    }
}
