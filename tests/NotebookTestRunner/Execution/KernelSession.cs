using System.Collections.Concurrent;
using System.Threading.Channels;
using JupyterProtocol;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Messages;
using JupyterProtocol.Processes;
using NotebookTestRunner.Resources;
using NotebookTestRunner.Widgets;

namespace NotebookTestRunner.Execution;

/// <summary>A notebook's kernel, with everything it publishes in one queue, in order.</summary>
internal sealed class KernelSession : IAsyncDisposable
{
    // Twice what a cell may show at most: what is dropped beyond it would be dropped anyway.
    private const long MostWaiting = 100_000_000;

    // Null wakes the reader up: something other than a message happened.
    private readonly Channel<Message?> published = Channel.CreateUnbounded<Message?>();

    // Characters of outputs in the queue.
    private long waiting;

    // Requests that are not of cells; what is published for them is no output.
    private readonly ConcurrentDictionary<string, bool> hidden = new();

    private KernelSession(IConnectedKernel process)
    {
        Process = process;
        Memory = new KernelMemory(process.ProcessId, TimeProvider.System);
        process.Client.Published += Enqueue;
    }

    public IConnectedKernel Process { get; }

    /// <summary>What it holds while a cell runs.</summary>
    public KernelMemory Memory { get; }

    /// <summary>Its widgets.</summary>
    public WidgetModels Widgets { get; } = new();

    /// <summary>Whether it was made ready to tell the stacks of its threads.</summary>
    public bool TellsStacks { get; set; }

    public ChannelReader<Message?> Published => published.Reader;

    /// <summary>Says that a message from <see cref="Published"/> no longer waits.</summary>
    public void Taken(Message message) => Interlocked.Add(ref waiting, -OutputIntake.SizeOf(message));

    /// <summary>Answers the questions of cells; null when the kernel may not ask.</summary>
    public Func<string, bool, CancellationToken, Task<string>>? Input { get; set; }

    /// <summary>Whether a message was published for a request that is not of a cell.</summary>
    public bool IsHidden(Message message) => message.ParentHeader is { } request && hidden.ContainsKey(request.MessageId);

    /// <summary>Says that what is published for this message's request is no output of a cell.</summary>
    public void Hide(Message message) => hidden.TryAdd(message.ParentHeader!.MessageId, true);

    /// <summary>Finds the kernelspec a notebook is to be run with.</summary>
    /// <exception cref="NotebookRunException">There is none of that name, or it is broken.</exception>
    public static InstalledKernelSpec Find(string? name, RunOptions options, string notebookPath)
    {
        if (name is null)
            throw new NotebookRunException($"The notebook {notebookPath} does not say which kernel it is for (metadata.kernelspec.name): name one (--kernel NAME), or choose one in Jupyter and save it.");
        try
        {
            return new KernelSpecStore(options.KernelSpecDirectories).Find(name);
        }
        catch (JupyterProtocolException error)
        {
            throw CannotRun(notebookPath, error);
        }
    }

    /// <summary>Takes the kernel that was started ahead, or starts one, and waits until it answers.</summary>
    /// <exception cref="NotebookRunException">It does not start.</exception>
    public static async Task<KernelSession> StartAsync(InstalledKernelSpec kernel, RunOptions options, string notebookPath, CancellationToken cancellationToken)
    {
        if (options.WarmKernel is { } warm && await warm is { } ready)
        {
            if (ready.Process.Kernel.Directory == kernel.Directory && await ready.AnswersAsync(options.StartupTimeout, cancellationToken)) return ready;
            await ready.DisposeAsync();
        }
        try
        {
            var start = new KernelStartOptions
            {
                WorkingDirectory = options.WorkingDirectory ?? Path.GetDirectoryName(notebookPath),
                Environment = options.EnvironmentVariables.ToDictionary(variable => variable.Key, variable => (string?)variable.Value),
                StartTimeout = options.StartupTimeout,
                RuntimeDirectory = options.RuntimeDirectory,
                Encryption = options.Encryption,
            };
            var session = new KernelSession(options.Host is { } host ? await host.StartAsync(kernel, start, cancellationToken) : await KernelProcess.StartAsync(kernel, start, cancellationToken));
            await KernelStacks.PrepareAsync(session, options, cancellationToken);
            return session;
        }
        catch (Exception error) when (error is JupyterProtocolException or IOException or UnauthorizedAccessException)
        {
            throw CannotRun(notebookPath, error);
        }
    }

    private void Enqueue(Message message)
    {
        Widgets.Take(message.MessageType, message.Content);
        var size = OutputIntake.SizeOf(message);
        // A kernel that shows more, faster than it can be taken in, floods: its cell is over its limit by far.
        if (Interlocked.Read(ref waiting) + size > MostWaiting) return;
        Interlocked.Add(ref waiting, size);
        published.Writer.TryWrite(message);
    }

    /// <summary>Makes a waiting reader of <see cref="Published"/> look around once the task is done.</summary>
    public void WakeAfter(Task task) => task.ContinueWith(_ => published.Writer.TryWrite(null), TaskScheduler.Default);

    /// <summary>Whether a kernel that waited for its notebook is still there to run it.</summary>
    private async Task<bool> AnswersAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await Process.WithExitAsync(Process.Client.WaitForReadyAsync(cancellationToken)).WaitAsync(patience, cancellationToken);
            return true;
        }
        catch (Exception error) when (error is JupyterProtocolException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Ends the kernel at once and waits until it is gone.</summary>
    public Task KillAsync() => Process.KillAsync();

    public ValueTask DisposeAsync()
    {
        Memory.Dispose();
        return Process.DisposeAsync();
    }

    private static NotebookRunException CannotRun(string notebookPath, Exception error) =>
        new($"The notebook {notebookPath} cannot be run: {error.Message}", error);
}
