using System.Text;
using MLflowSharp.Artifacts;
using MLflowSharp.Values;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    /// <summary>Copies a local file (or folder) into the run's artifacts.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="localPath">File to copy.</param>
    /// <param name="artifactPath">Folder in the run's artifacts; null for the top.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task LogArtifactAsync(string runId, string localPath, string? artifactPath = null, CancellationToken cancellationToken = default)
    {
        if (Directory.Exists(localPath))
        {
            var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(localPath)));
            await LogArtifactsAsync(runId, localPath, ArtifactPath.Combine(artifactPath, name), cancellationToken);
            return;
        }

        if (!File.Exists(localPath))
            throw MlflowException.Missing($"No such file: '{localPath}' (in '{Directory.GetCurrentDirectory()}'). Nothing was logged.");
        await CopyAsync(await ArtifactsOfAsync(runId, cancellationToken), localPath, ArtifactPath.Combine(artifactPath, Path.GetFileName(localPath)), cancellationToken);
    }

    /// <inheritdoc cref="LogArtifactAsync"/>
    public void LogArtifact(string runId, string localPath, string? artifactPath = null) => Wait(LogArtifactAsync(runId, localPath, artifactPath));

    /// <summary>Copies a local folder's content into the run's artifacts.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="localDirectory">Folder whose content is copied.</param>
    /// <param name="artifactPath">Folder in the run's artifacts; null for the top.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task LogArtifactsAsync(string runId, string localDirectory, string? artifactPath = null, CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(localDirectory))
            throw MlflowException.Missing($"No such folder: '{localDirectory}' (in '{Directory.GetCurrentDirectory()}'). Nothing was logged.");
        var repository = await ArtifactsOfAsync(runId, cancellationToken);
        foreach (var file in Directory.EnumerateFiles(localDirectory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var target = ArtifactPath.Combine(artifactPath, Path.GetRelativePath(localDirectory, file).Replace('\\', '/'));
            await CopyAsync(repository, file, target, cancellationToken);
        }
    }

    /// <inheritdoc cref="LogArtifactsAsync"/>
    public void LogArtifacts(string runId, string localDirectory, string? artifactPath = null) => Wait(LogArtifactsAsync(runId, localDirectory, artifactPath));

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

    /// <summary>Lists one folder of the run's artifacts, sorted by path.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="path">Folder to list; null for the top.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<ArtifactInfo>> ListArtifactsAsync(string runId, string? path = null, CancellationToken cancellationToken = default)
    {
        var run = await GetRunAsync(runId, cancellationToken);
        return await ArtifactRepositories.Get(run.Info.ArtifactUri).ListArtifactsAsync(path, cancellationToken);
    }

    /// <inheritdoc cref="ListArtifactsAsync"/>
    public IReadOnlyList<ArtifactInfo> ListArtifacts(string runId, string? path = null) => Wait(ListArtifactsAsync(runId, path));

    /// <summary>Makes artifacts available locally and returns their full path.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="path">File or folder; empty for everything.</param>
    /// <param name="destinationDirectory">Folder to copy into; null uses a local original in place.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<string> DownloadArtifactsAsync(string runId, string path, string? destinationDirectory = null, CancellationToken cancellationToken = default)
    {
        var run = await GetRunAsync(runId, cancellationToken);
        return await ArtifactRepositories.Get(run.Info.ArtifactUri).DownloadArtifactsAsync(path, destinationDirectory, cancellationToken);
    }

    /// <inheritdoc cref="DownloadArtifactsAsync"/>
    public string DownloadArtifacts(string runId, string path, string? destinationDirectory = null) => Wait(DownloadArtifactsAsync(runId, path, destinationDirectory));

    private static async Task CopyAsync(IArtifactRepository repository, string file, string artifactFile, CancellationToken cancellationToken)
    {
        await using var source = File.OpenRead(file);
        await repository.WriteAsync(artifactFile, (stream, token) => source.CopyToAsync(stream, token), cancellationToken);
    }

    private async Task<IArtifactRepository> ArtifactsOfAsync(string runId, CancellationToken cancellationToken)
    {
        var run = await GetRunAsync(runId, cancellationToken);
        return run.Info.LifecycleStage == LifecycleStage.Active
            ? ArtifactRepositories.Get(run.Info.ArtifactUri)
            : throw MlflowException.Invalid($"The run {runId} must be in the 'active' state. Current state is deleted. Restore it with RestoreRun(\"{runId}\"), or log to another run.");
    }
}
