using System.Globalization;
using System.Runtime.InteropServices;
using CSharpKernel.Execution;

namespace CSharpKernel.Lifetime;

/// <summary>
/// Answers for the cells that run when the process ends by <see cref="Environment.Exit"/> or SIGTERM: their front ends get an error
/// instead of silence, and what was sent leaves before the sockets close.
/// </summary>
internal sealed class ProcessEnd : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const int TerminatedExitCode = 128 + 15;

    private readonly KernelLifetime _lifetime;
    private readonly TextWriter _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _served = new();
    private readonly PosixSignalRegistration _termination;
    private bool _isTerminated;
    private int _isEnding;

    /// <summary>Begins to watch for the end.</summary>
    /// <param name="lifetime">Knows the cells that run.</param>
    /// <param name="log">Where it is noted who ended the process.</param>
    public ProcessEnd(KernelLifetime lifetime, TextWriter log)
    {
        _lifetime = lifetime;
        _log = log;
        // Since .NET 10 the signal ends the process without a word, unless it is made an exit.
        _termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            _isTerminated = true;
            Environment.Exit(TerminatedExitCode);
        });
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    /// <summary>Fires when the server is to stop because the process ends.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>The server has stopped and its sockets are closed.</summary>
    /// <returns>Completes when the process may end now; never when it is ending already, with an exit code of its own.</returns>
    public async Task ServedAsync()
    {
        _served.TrySetResult();
        if (Interlocked.Exchange(ref _isEnding, 1) != 0)
            await Task.Delay(Timeout.Infinite);
    }

    /// <summary>Ends the watch.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        _termination.Dispose();
        _stopping.Dispose();
    }

    // All threads go on meanwhile. The runtime does not tell which of them called Exit.
    private void OnExit(object? sender, EventArgs e)
    {
        if (Interlocked.Exchange(ref _isEnding, 1) != 0)
            return;
        var how = _isTerminated
            ? "The kernel's process was told to end (SIGTERM)"
            : string.Create(CultureInfo.InvariantCulture, $"The kernel's process was ended by Environment.Exit({Environment.ExitCode})");
        var text = $"{how}. Variables are gone: restart the kernel and run the cells again.";
        var running = _lifetime.Cells.Now;
        var latest = CellContext.Current;
        // Work that a cell left behind may end the process as well.
        if (running.Count == 0 && !_isTerminated)
            latest?.Write("stderr", text + "\n");
        latest?.Flush();
        foreach (var cell in running)
            cell.Cut(new CellError("KernelEnded", text, [$"\e[31mKernelEnded\e[0m: {text}"]));
        _stopping.Cancel();
        _served.Task.Wait(Patience);
        _lifetime.Dispose();
        _log.WriteLine(running.Count > 0 ? $"{how} while {string.Join(" and ", running.Select(cell => cell.Name))} ran."
            : latest is null ? $"{how}."
            : $"{how} after {CellFrame.NameOf(latest.Number)}.");
        _log.Flush();
    }
}
