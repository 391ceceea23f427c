namespace MLflowSharp.Serving;

/// <summary>Turns what goes wrong into a sentence and an exit code.</summary>
internal static class Refusals
{
    private const int CouldNotRun = 2;

    /// <summary>Does something; 0 when it went well, 2 when not.</summary>
    public static async Task<int> TellAsync(TextWriter error, Func<Task> action)
    {
        try
        {
            await action();
            return 0;
        }
        catch (Exception refusal) when (refusal is MlflowException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(refusal.Message);
            return CouldNotRun;
        }
    }
}
