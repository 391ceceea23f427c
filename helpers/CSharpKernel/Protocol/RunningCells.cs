namespace CSharpKernel.Protocol;

/// <summary>What an interrupt stops.</summary>
internal sealed class RunningCells
{
    private readonly List<(string? Subshell, CancellationTokenSource Interrupt)> _cells = [];

    /// <summary>Says that a cell begins; disposing what it returns says that it has ended.</summary>
    public IDisposable Begin(string? subshell, CancellationTokenSource interrupt)
    {
        var cell = (subshell, interrupt);
        lock (_cells)
            _cells.Add(cell);
        return new End(() =>
        {
            lock (_cells)
                _cells.Remove(cell);
        });
    }

    /// <summary>
    /// Stops what runs in the main shell, as ipykernel does. When nothing runs there, what hangs in subshells is meant:
    /// otherwise only a restart would end it.
    /// </summary>
    public void Interrupt()
    {
        lock (_cells)
        {
            var main = _cells.Where(cell => cell.Subshell is null).ToArray();
            foreach (var (_, interrupt) in main.Length > 0 ? main : [.. _cells])
                interrupt.Cancel();
        }
    }

    private sealed class End(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
