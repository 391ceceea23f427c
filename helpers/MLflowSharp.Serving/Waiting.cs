namespace MLflowSharp.Serving;

/// <summary>What a server does while others are at work.</summary>
internal static class Waiting
{
    /// <summary>Returns when the server is to stop.</summary>
    /// <param name="stop">Says so.</param>
    /// <param name="input">Says so by its end, too; null for nothing.</param>
    public static async Task UntilStoppedAsync(CancellationToken stop, TextReader? input = null)
    {
        try
        {
            // On a thread of its own, as reading the console's input blocks.
            await (input is null ? Task.Delay(Timeout.Infinite, stop) : Task.Run(() => SkipToEnd(input), stop).WaitAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // This is how it ends.
        }
    }

    private static void SkipToEnd(TextReader input)
    {
        while (input.ReadLine() is not null)
        {
            // What is said there is for nobody.
        }
    }
}
