using CSharpKernel.Execution;

namespace CSharpKernel.Comms;

/// <summary>Runs the handlers of one comm, one after the other and in the order in which their messages came.</summary>
/// <param name="home">The cell below which they show.</param>
internal sealed class HandlerQueue(CellContext home)
{
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;

    /// <summary>The cell below which handlers show.</summary>
    public CellContext Home { get; } = home;

    /// <summary>Runs a handler when those before it have ended.</summary>
    /// <returns>
    /// Completes when the handler has ended or has come to its first wait. Then other messages may be handled: a button that
    /// starts an <c>async</c> training must not make the button deaf that stops it.
    /// </returns>
    public Task RunAsync(Action handler)
    {
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            var isFree = _last.IsCompleted;
            _last = RunAfterAsync(_last, handler, waits);
            return isFree ? Task.WhenAny(_last, waits.Task) : Task.CompletedTask;
        }
    }

    private async Task RunAfterAsync(Task previous, Action handler, TaskCompletionSource waits)
    {
        await previous;
        await HandlerRun.RunAsync(Home, handler, waits);
    }
}
