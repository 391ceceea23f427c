namespace MLflowSharp.Artifacts;

/// <summary>
/// Where files are kept: the seam between <see cref="MlflowClient"/> and one kind of file storage. Paths are relative to the repository's
/// folder, with forward slashes, and may not leave it. Safe for use from several threads.
/// </summary>
public interface IArtifactRepository
{
    /// <summary>Lists one level of a folder, whole, sorted by path.</summary>
    /// <param name="path">The folder; null for the top. A path that is a file or does not exist has no entries.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">NOT_IMPLEMENTED where the storage cannot list, such as a plain web address.</exception>
    Task<IReadOnlyList<ArtifactInfo>> ListArtifactsAsync(string? path, CancellationToken cancellationToken = default);

    /// <summary>Whether there is a file or a folder with this path. A folder without files exists only in a local folder.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Opens a file for reading.</summary>
    /// <param name="artifactFile">The file.</param>
    /// <param name="from">Where to begin; null for the beginning. Where that cannot be done, the answer begins at the beginning and says so.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST.</exception>
    Task<ArtifactContent> OpenReadAsync(string artifactFile, ArtifactPosition? from = null, CancellationToken cancellationToken = default);

    /// <summary>Writes one file; a reader sees either the old or the whole new one.</summary>
    /// <param name="artifactFile">Where to, for instance <c>notes/readme.txt</c>.</param>
    /// <param name="write">Writes the content into the stream it is given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_EXHAUSTED when no space is left, PERMISSION_DENIED.</exception>
    Task WriteAsync(string artifactFile, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default);

    /// <summary>Copies a local file here; a reader sees either the old or the whole new one.</summary>
    /// <param name="localFile">The file to copy.</param>
    /// <param name="artifactFile">Where to.</param>
    /// <param name="transfer">Progress, sizes of parts and so on; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task UploadFileAsync(string localFile, string artifactFile, ArtifactTransferOptions? transfer = null, CancellationToken cancellationToken = default);

    /// <summary>Copies a file from here; the local file is there once it is whole and, where the storage tells how, verified.</summary>
    /// <param name="artifactFile">The file to copy.</param>
    /// <param name="localFile">Where to; its folder is made when missing.</param>
    /// <param name="transfer">Progress and so on; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST; DATA_LOSS when what arrived is not what the storage announced.</exception>
    Task DownloadFileAsync(string artifactFile, string localFile, ArtifactTransferOptions? transfer = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes a file, or a folder with everything in it. What is not there is deleted already.</summary>
    /// <param name="path">The file or folder; null for everything.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task DeleteArtifactsAsync(string? path, CancellationToken cancellationToken = default);

    /// <summary>Whether a file here has the same content as a local one, as far as the storage tells: by checksum where it has one, else by size.</summary>
    /// <param name="artifact">The file, from a listing.</param>
    /// <param name="localFile">The local file.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<bool> IsSameAsync(ArtifactInfo artifact, string localFile, CancellationToken cancellationToken = default);

    /// <summary>Makes an empty folder where the storage has such a thing; elsewhere nothing happens.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task CreateFolderAsync(string path, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>The full local path of a file or folder that needs no copying; null where the storage is not local.</summary>
    /// <param name="path">The file or folder; empty for everything.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST.</exception>
    string? GetLocalPath(string path) => null;
}
