namespace CSharpKernel.Execution;

/// <summary>
/// Threads with large stacks, kept for a while after their work: starting one takes longer than compiling a small cell's text. There are
/// as many as there is work at the same time, so what blocks on other work of the same kind does not hang.
/// </summary>
/// <param name="name">What debuggers call them.</param>
/// <param name="stackSize">How large their stacks are, in bytes.</param>
internal sealed class WorkerThreads(string name, int stackSize)
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(10);

    // Guards the rest; a Monitor and not a Lock, because idle threads wait on it.
    private readonly object _gate = new();
    private readonly Queue<Action> _waiting = new();
    private int _idle;

    /// <summary>Has a thread do some work.</summary>
    /// <param name="work">The work. It must not throw, and must not leave its thread with an interrupt that is still to come.</param>
    public void Queue(Action work)
    {
        lock (_gate)
        {
            _waiting.Enqueue(work);
            if (_idle >= _waiting.Count)
            {
                Monitor.Pulse(_gate);
                return;
            }
        }

        new Thread(Run, stackSize) { IsBackground = true, Name = name }.UnsafeStart();
    }

    private void Run()
    {
        while (Take() is { } work)
        {
            work();
            // A cell may have given its thread another one.
            Thread.CurrentThread.Priority = ThreadPriority.Normal;
        }
    }

    private Action? Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                _idle++;
                var isPulsed = Monitor.Wait(_gate, IdleLimit);
                _idle--;
                if (!isPulsed && _waiting.Count == 0)
                    return null;
            }

            return _waiting.Dequeue();
        }
    }
}
