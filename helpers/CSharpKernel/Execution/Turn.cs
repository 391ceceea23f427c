namespace CSharpKernel.Execution;

/// <summary>The right to do what only one may do at a time. It may be given back more than once.</summary>
internal sealed class Turn : IDisposable
{
    private SemaphoreSlim? _semaphore;

    private Turn(SemaphoreSlim semaphore) => _semaphore = semaphore;

    /// <summary>Waits for it.</summary>
    public static async Task<Turn> TakeAsync(SemaphoreSlim semaphore, CancellationToken cancellationToken)
    {
        await semaphore.WaitAsync(cancellationToken);
        return new Turn(semaphore);
    }

    /// <summary>Gives it back.</summary>
    public void Dispose() => Interlocked.Exchange(ref _semaphore, null)?.Release();
}
