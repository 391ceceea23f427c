namespace MLflowSharp.Serving;

/// <summary>What a server does while others are at work.</summary>
internal static class Waiting
{
    /// <summary>Returns when the server is to stop.</summary>
    public static async Task UntilStoppedAsync(CancellationToken stop)
    {
        // What the start left behind would stay until the first requests have filled as much again.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        try
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (OperationCanceledException)
        {
            // This is how it ends.
        }
    }
}
