namespace NotebookTestRunner.Resources;

/// <summary>Watches how much memory a kernel and the processes it started hold while a cell runs, by samples from outside.</summary>
internal sealed class KernelMemory : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    // Looking for new processes costs more than reading the memory of known ones.
    private const int SamplesBetweenSearches = 5;

    private readonly ProcessTree tree;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private long peak;
    private int samples;
    private bool watching;

    /// <summary>Does nothing yet.</summary>
    public KernelMemory(int processId, TimeProvider time)
    {
        tree = new ProcessTree(processId);
        timer = time.CreateTimer(_ => Sample(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A cell begins.</summary>
    public void Begin()
    {
        lock (gate)
        {
            (peak, samples, watching) = (tree.Memory(), 0, true);
            tree.ResetPeak();
        }
        timer.Change(Interval, Interval);
    }

    /// <summary>A cell has ended.</summary>
    /// <returns>The most that was held since <see cref="Begin"/>, in bytes; null when nothing could be seen.</returns>
    public long? End()
    {
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (gate)
        {
            watching = false;
            peak = Math.Max(peak, Math.Max(tree.Memory(), tree.PeakOfRoot() is var own and > 0 ? own + tree.MemoryOfChildren() : 0));
            return peak > 0 ? peak : null;
        }
    }

    public void Dispose() => timer.Dispose();

    private void Sample()
    {
        lock (gate)
        {
            if (!watching) return;
            if (samples++ % SamplesBetweenSearches == 0) tree.Refresh();
            peak = Math.Max(peak, tree.Memory());
        }
    }
}
