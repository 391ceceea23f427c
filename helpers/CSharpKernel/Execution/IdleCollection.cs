namespace CSharpKernel.Execution;

/// <summary>
/// Collects what compiling cells left, between the cells. By itself .NET waits until the youngest generation has the size of the
/// processor's cache, which on a server is hundreds of megabytes, and each kernel of a shared node would hold that much.
/// </summary>
internal sealed class IdleCollection
{
    private const long Threshold = 24 * 1024 * 1024;

    private long _collectedAt;

    /// <summary>Collects when enough was allocated since the last time. Called when a cell has ended; the work is done on another thread.</summary>
    public void AfterCell()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var before = Interlocked.Read(ref _collectedAt);
        if (allocated - before < Threshold || Interlocked.CompareExchange(ref _collectedAt, allocated, before) != before)
            return;
        ThreadPool.UnsafeQueueUserWorkItem(static _ => GC.Collect(1, GCCollectionMode.Forced, blocking: true), null);
    }
}
