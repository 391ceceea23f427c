using System.ComponentModel;
using System.Diagnostics;
using JupyterProtocol.Client;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Messages;

namespace JupyterProtocol.Processes;

/// <summary>A running kernel, started from its kernelspec as Jupyter would, with a client connected to it. Disposing it ends the process.</summary>
public sealed class KernelProcess : IConnectedKernel
{
    /// <summary>The environment variable that tells a kernel the process whose end it must not outlive (not on Windows).</summary>
    public const string ParentVariable = "JPY_PARENT_PID";

    /// <summary>The environment variable by which a kernel and all that it starts are known: no two kernels have the same in it.</summary>
    public const string MarkVariable = "JPY_KERNEL_MARK";

    private const int MostAttempts = 3;

    private static readonly TimeSpan LastWordsPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly string _connectionFile;
    private readonly LastWords _lastWords = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private KernelProcess(InstalledKernelSpec kernel, Process process, KernelClient client, string connectionFile)
    {
        Kernel = kernel;
        Client = client;
        _process = process;
        _connectionFile = connectionFile;
    }

    /// <summary>The kernel that runs.</summary>
    public InstalledKernelSpec Kernel { get; }

    /// <summary>The client connected to it.</summary>
    public KernelClient Client { get; }

    /// <summary>What the kernel said of itself in its <c>kernel_info_reply</c>.</summary>
    public Message Info { get; private set; } = null!;

    /// <summary>The operating system's number of the process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Completes with the exit code when the process ends, for whatever reason.</summary>
    public Task<int> Exited => _exited.Task;

    /// <summary>
    /// What the kernel wrote to its standard output and error since <see cref="ForgetWords"/>: at most the first 8 lines, where
    /// crashes say what happened, and the last 12.
    /// </summary>
    public string LastWords => _lastWords.ToString();

    /// <summary>Each line the kernel writes to its standard output or error, cut where it is endless; raised on the threads that read them, so handlers must be quick.</summary>
    public event Action<string>? Wrote;

    /// <summary>Says that what the kernel wrote so far does not explain what may happen next, such as its greeting before the first cell.</summary>
    public void ForgetWords() => _lastWords.Forget();

    /// <summary>Starts a kernel and waits until it answers.</summary>
    /// <param name="kernel">The kernel, from <see cref="KernelSpecStore.Find"/>.</param>
    /// <param name="options">How to start it.</param>
    /// <param name="cancellationToken">Gives up and ends the process.</param>
    /// <exception cref="JupyterProtocolException">The command cannot be started, or the kernel does not answer in time.</exception>
    /// <exception cref="KernelDiedException">The kernel ended before it answered.</exception>
    public static Task<KernelProcess> StartAsync(InstalledKernelSpec kernel, KernelStartOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(kernel, options ?? new KernelStartOptions(), MostAttempts, cancellationToken);

    /// <summary>Interrupts the running cell in the way the kernelspec says: by message or by signal.</summary>
    public async Task InterruptAsync(CancellationToken cancellationToken = default)
    {
        if (Kernel.Spec.InterruptMode == "message")
            await this.WithExitAsync(Client.InterruptAsync(cancellationToken));
        else
            Platform.Interrupt(_process.Id);
    }

    /// <summary>Asks the kernel to shut down and ends its process tree if it does not within the grace period.</summary>
    /// <param name="grace">How long the kernel may take; default 5 seconds.</param>
    public async Task ShutdownAsync(TimeSpan? grace = null)
    {
        using var patience = new CancellationTokenSource(grace ?? TimeSpan.FromSeconds(5));
        try
        {
            await this.WithExitAsync(Client.ShutdownAsync(cancellationToken: patience.Token));
            await Exited.WaitAsync(patience.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or JupyterProtocolException or ObjectDisposedException)
        {
            Kill();
        }
    }

    /// <summary>Ends the process and everything it started, at once.</summary>
    public void Kill()
    {
        try
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It ended by itself between the question and the order, which is what was wanted.
            Debug.WriteLine(exception.Message);
        }
    }

    /// <summary>Ends the process at once and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        Kill();
        // A process in uninterruptible sleep (a dead network disk) outlives even this: go on without it.
        await Task.WhenAny(Exited, Task.Delay(KillPatience));
    }

    /// <summary>Ends the kernel, politely where it still runs, and removes its connection file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted && Info is not null)
            await ShutdownAsync();
        await KillAsync();
        Client.Dispose();
        _process.Dispose();
        File.Delete(_connectionFile);
    }

    private static async Task<KernelProcess> StartAsync(InstalledKernelSpec kernel, KernelStartOptions options, int attempts, CancellationToken cancellationToken)
    {
        if (options.Encryption == TransportEncryption.Required && !kernel.Spec.CanEncrypt)
            throw new JupyterProtocolException($"The kernel '{kernel.Name}' is to be encrypted, but {Path.Combine(kernel.Directory, "kernel.json")} does not say that it can: its metadata needs supported_encryption \"curve\". Choose another kernel, or do not ask for encryption.");
        var connection = options.CreateConnection(kernel.Name);
        if (options.Encryption != TransportEncryption.Disabled && kernel.Spec.CanEncrypt)
            connection = connection.WithEncryption();
        var runtimeDirectory = options.RuntimeDirectory ?? Path.GetTempPath();
        Directory.CreateDirectory(runtimeDirectory);
        var connectionFile = Path.Combine(runtimeDirectory, $"kernel-{Guid.NewGuid():N}.json");
        connection.Save(connectionFile);

        var process = new Process { StartInfo = KernelCommand.Create(kernel, options, connectionFile), EnableRaisingEvents = true };
        var client = new KernelClient(connection);
        var running = new KernelProcess(kernel, process, client, connectionFile);
        try
        {
            running.Start();
            await running.WaitForReadyAsync(options.StartTimeout, cancellationToken);
            return running;
        }
        catch (Exception exception)
        {
            // The ports were free when they were chosen, but it takes the kernel a while to listen on them.
            var wasOvertaken = attempts > 1 && exception is KernelDiedException && connection.HasTakenPort();
            await running.DisposeAsync();
            if (wasOvertaken)
                return await StartAsync(kernel, options, attempts - 1, cancellationToken);
            throw;
        }
    }

    private void Start()
    {
        _process.Exited += (_, _) => _ended.TrySetResult();
        try
        {
            _process.Start();
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            _exited.TrySetResult(-1);
            throw new JupyterProtocolException($"The kernel '{Kernel.Name}' cannot be started: '{_process.StartInfo.FileName}' in '{_process.StartInfo.WorkingDirectory}' gives: {exception.Message} Check the argv of {Path.Combine(Kernel.Directory, "kernel.json")}.", exception);
        }

        _process.StandardInput.Close();
        var reading = Task.WhenAll(BoundedLines.ReadAsync(_process.StandardOutput, Take), BoundedLines.ReadAsync(_process.StandardError, Take));
        _ = WatchAsync(reading);
    }

    private void Take(string line)
    {
        _lastWords.Add(line);
        Wrote?.Invoke(line);
    }

    private async Task WatchAsync(Task reading)
    {
        await _ended.Task;
        // The rest of what it wrote never ends when something it started still holds the pipe.
        await Task.WhenAny(Task.WhenAll(_process.WaitForExitAsync(), reading), Task.Delay(LastWordsPatience));
        _exited.TrySetResult(_process.ExitCode);
    }

    private async Task WaitForReadyAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit);
        try
        {
            Info = await this.WithExitAsync(Client.WaitForReadyAsync(patience.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new JupyterProtocolException($"The kernel '{Kernel.Name}' did not answer within {limit.TotalSeconds:0} seconds.{(LastWords.Length > 0 ? $" It wrote: {LastWords}" : "")} Give it more time, or try its command line by hand: {string.Join(' ', Kernel.Spec.Argv)}");
        }
        finally
        {
            // A kernel that died is asked no more.
            await patience.CancelAsync();
        }
    }
}
