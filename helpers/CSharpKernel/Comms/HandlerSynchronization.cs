namespace CSharpKernel.Comms;

/// <summary>
/// Makes <c>async void</c> handlers behave: the compiler tells the synchronization context when such a method starts and ends, and hands
/// it what the method throws, which would otherwise end the process. Continuations run on the threads of the cell's scheduler.
/// </summary>
/// <param name="scheduler">The cell's scheduler.</param>
internal sealed class HandlerSynchronization(TaskScheduler scheduler) : SynchronizationContext
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The handler's own call counts as one.
    private int _open = 1;

    /// <summary>Completes when the handler and all it left waiting have ended; fails with the first exception of those.</summary>
    public Task Completion => _done.Task;

    public override void OperationStarted() => Interlocked.Increment(ref _open);

    public override void OperationCompleted()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _done.TrySetResult();
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        OperationStarted();
        _ = Task.Factory.StartNew(() => Run(d, state), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    private void Run(SendOrPostCallback callback, object? state)
    {
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        catch (Exception e)
        {
            _done.TrySetException(e);
        }
        finally
        {
            SetSynchronizationContext(null);
            OperationCompleted();
        }
    }
}
