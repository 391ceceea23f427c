using CSharpKernel.Scripting;

namespace CSharpKernel.Execution;

/// <summary>
/// One flow of cells, each after the other. A notebook has a main shell, and subshells whose cells run beside it on the same variables
/// (https://jupyter.org/enhancement-proposals/91-kernel-subshells/kernel-subshells.html).
/// </summary>
internal sealed class Shell : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>What its last cell left.</summary>
    public AmbientValues Ambient { get; } = new();

    /// <summary>Waits until no other cell runs in this shell. Disposing the turn lets the next one run.</summary>
    public Task<Turn> WaitAsync(CancellationToken cancellationToken) => Turn.TakeAsync(_turn, cancellationToken);

    /// <summary>Frees what it waits with.</summary>
    public void Dispose() => _turn.Dispose();
}
