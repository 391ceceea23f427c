using MLflowSharp.Artifacts;

namespace MLflowSharp;

public static partial class Mlflow
{
    /// <summary>Copies a local file or folder into the active run's artifacts (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_artifact). Starts a run when none is active.</summary>
    /// <param name="localPath">File or folder to copy.</param>
    /// <param name="artifactPath">Folder in the run's artifacts; null for the top.</param>
    /// <param name="transfer">Progress, parallelism, resuming; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task LogArtifactAsync(string localPath, string? artifactPath = null, ArtifactTransferOptions? transfer = null, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.LogArtifactAsync(run.RunId, localPath, artifactPath, transfer, cancellationToken));

    /// <inheritdoc cref="LogArtifactAsync"/>
    public static void LogArtifact(string localPath, string? artifactPath = null, ArtifactTransferOptions? transfer = null) => MlflowClient.Wait(LogArtifactAsync(localPath, artifactPath, transfer));

    /// <summary>Copies a local folder's content into the active run's artifacts (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_artifacts). Starts a run when none is active.</summary>
    /// <param name="localDirectory">Folder whose content is copied.</param>
    /// <param name="artifactPath">Folder in the run's artifacts; null for the top.</param>
    /// <param name="transfer">Progress, parallelism, resuming; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task LogArtifactsAsync(string localDirectory, string? artifactPath = null, ArtifactTransferOptions? transfer = null, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.LogArtifactsAsync(run.RunId, localDirectory, artifactPath, transfer, cancellationToken));

    /// <inheritdoc cref="LogArtifactsAsync"/>
    public static void LogArtifacts(string localDirectory, string? artifactPath = null, ArtifactTransferOptions? transfer = null) => MlflowClient.Wait(LogArtifactsAsync(localDirectory, artifactPath, transfer));

    /// <summary>Writes a text as an artifact of the active run (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_text). Starts a run when none is active.</summary>
    /// <param name="text">The text; written as UTF-8.</param>
    /// <param name="artifactFile">Where to, for instance <c>notes/readme.txt</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task LogTextAsync(string text, string artifactFile, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.LogTextAsync(run.RunId, text, artifactFile, cancellationToken));

    /// <inheritdoc cref="LogTextAsync"/>
    public static void LogText(string text, string artifactFile) => MlflowClient.Wait(LogTextAsync(text, artifactFile));

    /// <summary>Writes a dictionary as an artifact of the active run (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_dict). Starts a run when none is active.</summary>
    /// <param name="dictionary">A dictionary, list or anonymous object.</param>
    /// <param name="artifactFile">Where to; .yaml and .yml give YAML, everything else JSON.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task LogDictAsync(object dictionary, string artifactFile, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.LogDictAsync(run.RunId, dictionary, artifactFile, cancellationToken));

    /// <inheritdoc cref="LogDictAsync"/>
    public static void LogDict(object dictionary, string artifactFile) => MlflowClient.Wait(LogDictAsync(dictionary, artifactFile));

    /// <summary>Writes a figure as an artifact of the active run (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_figure). Starts a run when none is active.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="artifactFile">Where to; its extension, one of the figure's, chooses the format.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task LogFigureAsync(IFigure figure, string artifactFile, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.LogFigureAsync(run.RunId, figure, artifactFile, cancellationToken));

    /// <inheritdoc cref="LogFigureAsync"/>
    public static void LogFigure(IFigure figure, string artifactFile) => MlflowClient.Wait(LogFigureAsync(figure, artifactFile));
}
