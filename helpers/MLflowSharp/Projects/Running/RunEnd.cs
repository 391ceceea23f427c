namespace MLflowSharp.Projects.Running;

/// <summary>Marks how a run ended, and tells it.</summary>
internal static class RunEnd
{
    /// <summary>Marks the run. What the program itself has marked stays, as in MLflow, except when it was killed: a program that is told to stop may still end its run well.</summary>
    /// <returns>How the program ended.</returns>
    public static async Task<RunStatus> MarkAsync(MlflowClient client, string runId, RunStatus status, string detail, ProjectRunOptions options)
    {
        var marked = (await client.GetRunAsync(runId)).Info.Status;
        if (status == RunStatus.Killed || marked is RunStatus.Running or RunStatus.Scheduled)
            await client.SetTerminatedAsync(runId, status);
        options.Tell(status switch
        {
            RunStatus.Finished => $"=== Run (ID '{runId}') succeeded ===",
            RunStatus.Killed => $"=== Run (ID '{runId}') was killed ===",
            _ => $"=== Run (ID '{runId}') failed ({detail}) ===",
        });
        return status;
    }
}
