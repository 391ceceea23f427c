using System.Text;
using MLflowSharp.Artifacts;
using MLflowSharp.Artifacts.Transfer;
using MLflowSharp.Values;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    /// <summary>Copies a local file (or folder) into the run's artifacts.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="localPath">File to copy. A folder is copied with its name; see <see cref="LogArtifactsAsync"/>.</param>
    /// <param name="artifactPath">Folder in the run's artifacts; null for the top.</param>
    /// <param name="transfer">Progress, parallelism, resuming; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST; INVALID_PARAMETER_VALUE for a path that leads out of the run's folder; RESOURCE_EXHAUSTED when no space is left.</exception>
    public async Task LogArtifactAsync(string runId, string localPath, string? artifactPath = null, ArtifactTransferOptions? transfer = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(localPath);
        if (Directory.Exists(localPath))
        {
            var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(localPath)));
            await LogArtifactsAsync(runId, localPath, ArtifactPath.Combine(artifactPath, name), transfer, cancellationToken);
            return;
        }

        if (!File.Exists(localPath))
            throw MlflowException.Missing($"No such file: '{localPath}' (in '{Directory.GetCurrentDirectory()}'). Nothing was logged.");
        var target = ArtifactPath.CheckFile(ArtifactPath.Combine(ArtifactPath.CheckFolder(artifactPath), Path.GetFileName(localPath)));
        await ArtifactTransfer.UploadFileAsync(await ArtifactsOfAsync(runId, cancellationToken), localPath, target, transfer, cancellationToken);
    }

    /// <inheritdoc cref="LogArtifactAsync"/>
    public void LogArtifact(string runId, string localPath, string? artifactPath = null, ArtifactTransferOptions? transfer = null) => Wait(LogArtifactAsync(runId, localPath, artifactPath, transfer));

    /// <summary>
    /// Copies a local folder's content into the run's artifacts, several files at a time. Symbolic links are followed and what they lead to is
    /// copied; empty folders are kept where the storage is a folder, too.
    /// </summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="localDirectory">Folder whose content is copied.</param>
    /// <param name="artifactPath">Folder in the run's artifacts; null for the top.</param>
    /// <param name="transfer">Progress, parallelism, resuming; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">
    /// RESOURCE_DOES_NOT_EXIST; INVALID_PARAMETER_VALUE for a name that an artifact cannot have, or a link that leads nowhere or in a circle,
    /// before anything is written; RESOURCE_EXHAUSTED when no space is left.
    /// </exception>
    public async Task LogArtifactsAsync(string runId, string localDirectory, string? artifactPath = null, ArtifactTransferOptions? transfer = null, CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(localDirectory))
            throw MlflowException.Missing($"No such folder: '{localDirectory}' (in '{Directory.GetCurrentDirectory()}'). Nothing was logged.");
        ArtifactPath.CheckFolder(artifactPath);
        await ArtifactTransfer.UploadTreeAsync(await ArtifactsOfAsync(runId, cancellationToken), localDirectory, artifactPath, transfer, cancellationToken);
    }

    /// <inheritdoc cref="LogArtifactsAsync"/>
    public void LogArtifacts(string runId, string localDirectory, string? artifactPath = null, ArtifactTransferOptions? transfer = null) => Wait(LogArtifactsAsync(runId, localDirectory, artifactPath, transfer));

    /// <summary>Writes what a stream holds as an artifact, without ever having it in memory whole. MLflow has no such function.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="content">Read from its position to its end; not closed.</param>
    /// <param name="artifactFile">Where to, for instance <c>data/images.bin</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task LogStreamAsync(string runId, Stream content, string artifactFile, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArtifactPath.CheckFile(artifactFile);
        var repository = await ArtifactsOfAsync(runId, cancellationToken);
        await repository.WriteAsync(artifactFile, (stream, token) => content.CopyToAsync(stream, token), cancellationToken);
    }

    /// <inheritdoc cref="LogStreamAsync"/>
    public void LogStream(string runId, Stream content, string artifactFile) => Wait(LogStreamAsync(runId, content, artifactFile));

    /// <summary>Writes a text as an artifact.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="text">The text; written as UTF-8.</param>
    /// <param name="artifactFile">Where to, for instance <c>notes/readme.txt</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task LogTextAsync(string runId, string text, string artifactFile, CancellationToken cancellationToken = default) =>
        LogBytesAsync(runId, Encoding.UTF8.GetBytes(text), artifactFile, cancellationToken);

    /// <inheritdoc cref="LogTextAsync"/>
    public void LogText(string runId, string text, string artifactFile) => Wait(LogTextAsync(runId, text, artifactFile));

    /// <summary>Writes a dictionary as a JSON or YAML artifact.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="dictionary">A dictionary, list or anonymous object.</param>
    /// <param name="artifactFile">Where to; .yaml and .yml give YAML, everything else JSON.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task LogDictAsync(string runId, object dictionary, string artifactFile, CancellationToken cancellationToken = default) =>
        LogBytesAsync(runId, DictionaryText.Write(dictionary, artifactFile), artifactFile, cancellationToken);

    /// <inheritdoc cref="LogDictAsync"/>
    public void LogDict(string runId, object dictionary, string artifactFile) => Wait(LogDictAsync(runId, dictionary, artifactFile));

    /// <summary>Writes a figure as an artifact.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="artifactFile">Where to; its extension, one of the figure's, chooses the format.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task LogFigureAsync(string runId, IFigure figure, string artifactFile, CancellationToken cancellationToken = default)
    {
        var extension = Path.GetExtension(artifactFile).ToLowerInvariant();
        if (!figure.Extensions.Contains(extension))
        {
            throw MlflowException.Invalid(
                $"The figure cannot be written as '{artifactFile}'. Use a file name that ends in one of: {string.Join(", ", figure.Extensions.Order(StringComparer.Ordinal))}.");
        }

        using var content = new MemoryStream();
        figure.Write(extension, content);
        return LogBytesAsync(runId, content.ToArray(), artifactFile, cancellationToken);
    }

    /// <inheritdoc cref="LogFigureAsync"/>
    public void LogFigure(string runId, IFigure figure, string artifactFile) => Wait(LogFigureAsync(runId, figure, artifactFile));

    /// <summary>Writes bytes as an artifact. MLflow has no such function; flavors write their models with it.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="content">The file's content.</param>
    /// <param name="artifactFile">Where to, for instance <c>model/model.onnx</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task LogBytesAsync(string runId, byte[] content, string artifactFile, CancellationToken cancellationToken = default)
    {
        ArtifactPath.CheckFile(artifactFile);
        var repository = await ArtifactsOfAsync(runId, cancellationToken);
        await repository.WriteAsync(artifactFile, (stream, token) => stream.WriteAsync(content, token).AsTask(), cancellationToken);
    }

    /// <inheritdoc cref="LogBytesAsync"/>
    public void LogBytes(string runId, byte[] content, string artifactFile) => Wait(LogBytesAsync(runId, content, artifactFile));
}
