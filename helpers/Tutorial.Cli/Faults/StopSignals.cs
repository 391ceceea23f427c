using System.Runtime.InteropServices;

namespace Tutorial.Cli.Faults;

/// <summary>Ctrl-C and the signals that end a program: the first asks to stop, the second does not ask.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action _quit;
    private int _received;

    /// <summary>Listens from now on.</summary>
    /// <param name="quit">Called at the second signal; must not return to the program.</param>
    public StopSignals(Action quit)
    {
        _quit = quit;
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _received) > 1)
            _quit();
        else
            // On another thread, so that the next signal is heard while the first is obeyed.
            _ = _source.CancelAsync();
    }
}
