namespace MLflowSharp.Tests.Stores.Rest;

/// <summary>A clock whose waits are over at once, and which keeps how long they would have been. The limit of an attempt, 1000 seconds in these tests, never comes.</summary>
internal sealed class InstantClock : TimeProvider
{
    public static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(1000);

    public List<double> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow() => new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != AttemptLimit && dueTime != TimeSpan.FromSeconds(3) && dueTime != Timeout.InfiniteTimeSpan)
        {
            Waits.Add(dueTime.TotalSeconds);
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        return new Stopped();
    }

    private sealed class Stopped : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
