namespace MLflowSharp.Serving;

/// <summary>What a server does while others are at work.</summary>
internal static class Waiting
{
    /// <summary>Returns when the server is to stop.</summary>
    public static async Task UntilStoppedAsync(CancellationToken stop)
    {
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
