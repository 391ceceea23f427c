namespace MLflowSharp;

public static partial class Mlflow
{
    /// <summary>Writes a table as an artifact of the active run, or appends to the one that is there (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_table). Starts a run when none is active.</summary>
    /// <inheritdoc cref="MlflowClient.LogTableAsync" path="/param[@name='data']|/param[@name='artifactFile']|/param[@name='cancellationToken']|/exception"/>
    public static Task LogTableAsync(object data, string artifactFile, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.LogTableAsync(run.RunId, data, artifactFile, cancellationToken));

    /// <inheritdoc cref="LogTableAsync"/>
    public static void LogTable(object data, string artifactFile) => MlflowClient.Wait(LogTableAsync(data, artifactFile));
}
