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
    private const int StackSize = 16 * 1024 * 1024;
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(2);

    // Guards the rest; a Monitor and not a Lock, because idle threads wait on it.
    private readonly object _gate = new();
    private readonly Queue<Task> _waiting = new();
    private readonly HashSet<Thread> _running = [];
    private int _idle;

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
            foreach (var thread in _running)
                thread.Interrupt();
    }

    protected override void QueueTask(Task task)
    {
        lock (_gate)
        {
            _waiting.Enqueue(task);
            if (_idle >= _waiting.Count)
            {
                Monitor.Pulse(_gate);
                return;
            }
        }

        new Thread(Work, StackSize) { IsBackground = true, Name = "Cell" }.UnsafeStart();
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
            return [.. _waiting];
    }

    private void Work()
    {
        try
        {
            while (Take() is { } task)
                Run(task);
        }
        catch (Exception e) when (e is OperationCanceledException or ThreadInterruptedException)
        {
            // The cell was stopped: its thread ends here, and its tasks stay unfinished.
            Leave();
        }
    }

    private Task? Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                bool pulsed;
                _idle++;
                try
                {
                    pulsed = Monitor.Wait(_gate, IdleLimit);
                }
                finally
                {
                    _idle--;
                }

                if (!pulsed && _waiting.Count == 0)
                    return null;
            }

            _running.Add(Thread.CurrentThread);
            return _waiting.Dequeue();
        }
    }

    private void Run(Task task)
    {
        ControlledExecution.Run(() => TryExecuteTask(task), stop);
        Leave();
    }

    private void Leave()
    {
        while (true)
        {
            try
            {
                lock (_gate)
                    _running.Remove(Thread.CurrentThread);
                return;
            }
            catch (ThreadInterruptedException)
            {
                // Woken just here, where it waits for who wakes it.
            }
        }
    }
}
