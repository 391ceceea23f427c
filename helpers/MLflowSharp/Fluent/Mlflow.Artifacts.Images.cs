namespace MLflowSharp;

public static partial class Mlflow
{
    /// <summary>Writes a picture as one file of the active run (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_image). Starts a run when none is active.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="artifactFile">Where to; .png, .jpg, .jpeg or .webp chooses the format.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task LogImageAsync(MlflowImage image, string artifactFile, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.LogImageAsync(run.RunId, image, artifactFile, cancellationToken));

    /// <inheritdoc cref="LogImageAsync(MlflowImage, string, CancellationToken)"/>
    public static void LogImage(MlflowImage image, string artifactFile) => MlflowClient.Wait(LogImageAsync(image, artifactFile));

    /// <summary>Writes a picture of a series, which MLflow's pages show with a slider for the step (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.html#mlflow.log_image). Starts a run when none is active.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="key">Name of the series: letters and digits of English, <c>_ - . /</c> and spaces.</param>
    /// <param name="step">Step of the picture.</param>
    /// <param name="timestamp">When it was made; null for now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static Task LogImageAsync(MlflowImage image, string key, long step, DateTimeOffset? timestamp = null, CancellationToken cancellationToken = default) =>
        WithRunAsync(run => run.Client.LogImageAsync(run.RunId, image, key, step, timestamp, cancellationToken));

    /// <inheritdoc cref="LogImageAsync(MlflowImage, string, long, DateTimeOffset?, CancellationToken)"/>
    public static void LogImage(MlflowImage image, string key, long step, DateTimeOffset? timestamp = null) => MlflowClient.Wait(LogImageAsync(image, key, step, timestamp));
}
