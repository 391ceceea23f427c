namespace MLflowSharp.Tests.Stores.Suite;

/// <summary>Each look is a second later, so that nothing is created at the same time as something else.</summary>
internal sealed class SteppingClock : TimeProvider
{
    private long _looks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddDays(20000).AddSeconds(Interlocked.Increment(ref _looks));
}
