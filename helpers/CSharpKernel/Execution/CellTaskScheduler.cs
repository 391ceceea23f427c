using System.Runtime;

namespace CSharpKernel.Execution;

/// <summary>
/// Runs a cell's code on threads of its own that can be stopped from outside: a thread that waits or sleeps by
/// <see cref="Thread.Interrupt"/>, one that computes by <see cref="ControlledExecution"/> where that is safe. What follows an
/// <c>await</c> comes back here, so it can be stopped as well. Unlike a single thread with a synchronization context,
/// as many threads run as are needed, so code that blocks on its own tasks does not hang.
/// </summary>
internal sealed class CellTaskScheduler(CancellationToken stop) : TaskScheduler
{
    // Enough for a hundred thousand calls of small functions; what endless recursion has piled up takes time to unwind.
    private static readonly WorkerThreads Threads = new("Cell", 4 * 1024 * 1024);

    private readonly Lock _gate = new();
    private readonly HashSet<Thread> _running = [];
    private bool _isWoken;

    /// <summary>Whether some of the cell's code is running now.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate)
                return _running.Count > 0;
        }
    }

    /// <summary>Wakes the cell's threads from whatever they wait for, so that they notice that they are to stop.</summary>
    public void WakeThreads()
    {
        lock (_gate)
        {
            _isWoken = true;
            foreach (var thread in _running)
                thread.Interrupt();
        }
    }

    protected override void QueueTask(Task task) => Threads.Queue(() => Run(task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && TryExecuteTask(task);

    // Only for debuggers, and what waits does so among other cells' work.
    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private void Run(Task task)
    {
        try
        {
            lock (_gate)
                _running.Add(Thread.CurrentThread);
            ControlledExecution.Run(() => TryExecuteTask(task), stop);
        }
        catch (Exception e) when (e is OperationCanceledException or ThreadInterruptedException)
        {
            // The cell was stopped: its tasks stay unfinished.
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        while (true)
        {
            try
            {
                lock (_gate)
                    _running.Remove(Thread.CurrentThread);
                if (_isWoken)
                    // Where an interrupt that came too late is taken, instead of in the thread's next work.
                    Thread.Sleep(1);
                return;
            }
            catch (ThreadInterruptedException)
            {
                // Woken just here, where it waits for who wakes it.
            }
        }
    }
}
