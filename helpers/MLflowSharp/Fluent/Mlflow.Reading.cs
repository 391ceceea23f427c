using MLflowSharp.Artifacts;

namespace MLflowSharp;

public static partial class Mlflow
{
    /// <summary>Whether <see cref="SetTrackingUri"/> or the environment says where runs are kept (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.is_tracking_uri_set).</summary>
    public static bool IsTrackingUriSet() => _trackingUri is not null || Environment.GetEnvironmentVariable("MLFLOW_TRACKING_URI") is { Length: > 0 };

    /// <inheritdoc cref="MlflowClient.GetRunAsync"/>
    public static Task<Run> GetRunAsync(string runId, CancellationToken cancellationToken = default) => Client.GetRunAsync(runId, cancellationToken);

    /// <inheritdoc cref="MlflowClient.GetRunAsync"/>
    public static Run GetRun(string runId) => Client.GetRun(runId);

    /// <summary>Reads the run that a run is nested in (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.get_parent_run).</summary>
    /// <param name="runId">Identifier of the nested run.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The parent; null when the run is nested in none.</returns>
    public static Task<Run?> GetParentRunAsync(string runId, CancellationToken cancellationToken = default) => Client.GetParentRunAsync(runId, cancellationToken);

    /// <inheritdoc cref="GetParentRunAsync"/>
    public static Run? GetParentRun(string runId) => MlflowClient.Wait(GetParentRunAsync(runId));

    /// <summary>Reads the run of this process that was started last, whether it is still active or not (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.last_active_run).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The run as it is now; null when this process has started none.</returns>
    public static async Task<Run?> LastActiveRunAsync(CancellationToken cancellationToken = default) =>
        ActiveRuns.Last is { } runId ? await Client.GetRunAsync(runId, cancellationToken) : null;

    /// <inheritdoc cref="LastActiveRunAsync"/>
    public static Run? LastActiveRun() => MlflowClient.Wait(LastActiveRunAsync());

    /// <summary>Says where the active run keeps its artifacts (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.get_artifact_uri). Starts a run when none is active.</summary>
    /// <param name="artifactPath">A file or folder among the artifacts; null for their top folder.</param>
    /// <returns>An absolute path or URI. Nothing is looked up: the artifact need not be there.</returns>
    public static string GetArtifactUri(string? artifactPath = null)
    {
        var uri = (ActiveRun ?? StartRun()).Info.ArtifactUri;
        return ArtifactPath.CheckFolder(artifactPath) is { Length: > 0 } path ? ArtifactUri.Append(uri, path) : uri;
    }
}
