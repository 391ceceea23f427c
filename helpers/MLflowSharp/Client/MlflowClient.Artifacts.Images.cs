using System.Globalization;
using MLflowSharp.Artifacts;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    private const string LoggedImagesTag = "mlflow.loggedImages";

    /// <summary>Writes a picture as one file (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.client.html#mlflow.client.MlflowClient.log_image).</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="image">The picture.</param>
    /// <param name="artifactFile">Where to; .png, .jpg, .jpeg or .webp chooses the format.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task LogImageAsync(string runId, MlflowImage image, string artifactFile, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArtifactPath.CheckFile(artifactFile);
        return LogBytesAsync(runId, image.Encode(Path.GetExtension(artifactFile)), artifactFile, cancellationToken);
    }

    /// <inheritdoc cref="LogImageAsync(string, MlflowImage, string, CancellationToken)"/>
    public void LogImage(string runId, MlflowImage image, string artifactFile) => Wait(LogImageAsync(runId, image, artifactFile));

    /// <summary>
    /// Writes a picture of a series, which MLflow's pages show with a slider for the step: a PNG file and a small WebP file under
    /// <c>images/</c>, named as MLflow names them, and the tag <c>mlflow.loggedImages</c>.
    /// </summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="image">The picture.</param>
    /// <param name="key">Name of the series: letters and digits of English, <c>_ - . /</c> and spaces.</param>
    /// <param name="step">Step of the picture.</param>
    /// <param name="timestamp">When it was made; null for now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE for another key; nothing was written.</exception>
    public async Task LogImageAsync(string runId, MlflowImage image, string key, long step, DateTimeOffset? timestamp = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (string.IsNullOrEmpty(key) || !key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or ' '))
            throw MlflowException.Invalid($"The key '{key}' of an image may only hold letters and digits of English, '_', '-', '.', '/' and spaces.");
        var time = (timestamp ?? Options.TimeProvider.GetUtcNow()).ToUnixTimeMilliseconds();
        var name = string.Create(CultureInfo.InvariantCulture, $"images/{key.Replace("/", "~", StringComparison.Ordinal)}+step+{step}+timestamp+{time}+{Guid.NewGuid()}");
        await LogBytesAsync(runId, image.ToPng(), $"{name}.png", cancellationToken);
        await LogBytesAsync(runId, image.ToThumbnail(), $"{name}+compressed.webp", cancellationToken);
        await SetTagAsync(runId, LoggedImagesTag, "True", cancellationToken);
    }

    /// <inheritdoc cref="LogImageAsync(string, MlflowImage, string, long, DateTimeOffset?, CancellationToken)"/>
    public void LogImage(string runId, MlflowImage image, string key, long step, DateTimeOffset? timestamp = null) => Wait(LogImageAsync(runId, image, key, step, timestamp));
}
