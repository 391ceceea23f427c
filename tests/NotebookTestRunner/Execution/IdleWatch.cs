namespace NotebookTestRunner.Execution;

/// <summary>
/// Notices that a kernel has answered and then says nothing more, not even that it is idle. While outputs still come, however long that takes, it
/// waits.
/// </summary>
internal sealed class IdleWatch : IAsyncDisposable
{
    private readonly TaskCompletionSource gaveUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan patience;
    private readonly ITimer timer;
    private volatile bool replied;

    public IdleWatch(TimeSpan patience, TimeProvider time)
    {
        this.patience = patience;
        timer = time.CreateTimer(_ => gaveUp.TrySetResult(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes when the kernel has been silent for too long after its answer.</summary>
    public Task GaveUp => gaveUp.Task;

    /// <summary>The answer has arrived.</summary>
    public void Replied()
    {
        replied = true;
        timer.Change(patience, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something else has arrived.</summary>
    public void Heard()
    {
        if (replied) timer.Change(patience, Timeout.InfiniteTimeSpan);
    }

    public ValueTask DisposeAsync() => timer.DisposeAsync();
}
