namespace MLflowSharp.Artifacts;

/// <summary>
/// Where a run's files are kept: the seam between <see cref="MlflowClient"/> and one kind of file storage. Paths are relative
/// to the run's artifact folder, with forward slashes, and may not leave it.
/// </summary>
public interface IArtifactRepository
{
    /// <summary>Writes one artifact; a reader sees either the old or the whole new file.</summary>
    /// <param name="artifactFile">Where to, for instance <c>notes/readme.txt</c>.</param>
    /// <param name="write">Writes the content into the stream it is given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task WriteAsync(string artifactFile, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default);

    /// <summary>Lists a folder, sorted by path.</summary>
    /// <param name="path">The folder; null for the top. A path that is a file or does not exist has no entries.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<ArtifactInfo>> ListArtifactsAsync(string? path, CancellationToken cancellationToken = default);

    /// <summary>Makes a file or a folder available in the local file system.</summary>
    /// <param name="path">The file or folder; empty for everything.</param>
    /// <param name="destinationDirectory">Folder to copy into; null to use a local original without copying, or else a temporary folder.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Full local path of what was asked for.</returns>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST.</exception>
    Task<string> DownloadArtifactsAsync(string path, string? destinationDirectory, CancellationToken cancellationToken = default);
}
