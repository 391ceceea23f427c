using MLflowSharp.Artifacts.Local;

namespace MLflowSharp.Artifacts.Transfer;

/// <summary>What all storages that are reached over a network have in common: checked names and listings, content that is whole before it is sent, downloads that go on where they stopped.</summary>
/// <param name="location">The storage's URI, for messages and to recognise interrupted downloads.</param>
internal abstract class RemoteArtifactRepository(string location) : IArtifactRepository
{
    /// <summary>The storage's URI.</summary>
    protected string Location { get; } = location;

    public async Task<IReadOnlyList<ArtifactInfo>> ListArtifactsAsync(string? path, CancellationToken cancellationToken = default)
    {
        var folder = ArtifactPath.CheckFolder(path);
        var entries = await ListFolderAsync(folder, cancellationToken);
        foreach (var entry in entries)
            ArtifactPath.CheckChild(folder, entry.Path);
        return [.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)];
    }

    public virtual async Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default)
    {
        var clean = ArtifactPath.CheckFolder(path);
        return clean.Length == 0 || (await ListArtifactsAsync(ArtifactPath.Split(clean).Folder, cancellationToken)).Any(entry => entry.Path == clean);
    }

    public Task<ArtifactContent> OpenReadAsync(string artifactFile, ArtifactPosition? from = null, CancellationToken cancellationToken = default) =>
        OpenAsync(ArtifactPath.CheckFile(artifactFile), from, cancellationToken);

    public async Task WriteAsync(string artifactFile, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default)
    {
        var path = ArtifactPath.CheckFile(artifactFile);
        await using var spool = new Spool();
        try
        {
            await write(spool, cancellationToken);
        }
        catch (IOException error)
        {
            throw LocalErrors.Of($"The artifact '{artifactFile}' cannot be prepared in '{Path.GetTempPath()}'", error);
        }

        await SendAsync(spool.ToSource(), path, new(), cancellationToken);
    }

    public async Task UploadFileAsync(string localFile, string artifactFile, ArtifactTransferOptions? transfer = null, CancellationToken cancellationToken = default)
    {
        var path = ArtifactPath.CheckFile(artifactFile);
        cancellationToken.ThrowIfCancellationRequested();
        var source = UploadSource.Of(localFile);
        var options = ArtifactTransferOptions.Of(transfer);
        await SendAsync(source, path, options, cancellationToken);
        options.Progress?.Report(new(path, source.Length, source.Length));
    }

    public Task DownloadFileAsync(string artifactFile, string localFile, ArtifactTransferOptions? transfer = null, CancellationToken cancellationToken = default)
    {
        var path = ArtifactPath.CheckFile(artifactFile);
        return ArtifactDownload.RunAsync(OpenAsync, $"{Location}\n{path}", path, localFile, ArtifactTransferOptions.Of(transfer), cancellationToken);
    }

    public abstract Task DeleteArtifactsAsync(string? path, CancellationToken cancellationToken = default);

    public virtual Task<bool> IsSameAsync(ArtifactInfo artifact, string localFile, CancellationToken cancellationToken = default) =>
        Task.FromResult(artifact.FileSize == new FileInfo(localFile).Length);

    /// <summary>One level of a folder, in any order; its paths are checked by the caller.</summary>
    protected abstract Task<IReadOnlyList<ArtifactInfo>> ListFolderAsync(string folder, CancellationToken cancellationToken);

    /// <summary>Opens a file; see <see cref="OpenReadAsync"/>.</summary>
    protected abstract Task<ArtifactContent> OpenAsync(string path, ArtifactPosition? from, CancellationToken cancellationToken);

    /// <summary>Sends a file. Progress in between is reported here, the end by the caller.</summary>
    protected abstract Task SendAsync(UploadSource source, string path, ArtifactTransferOptions transfer, CancellationToken cancellationToken);

    protected MlflowException Missing(string path, Exception? cause = null) =>
        new($"No such artifact: '{path}' in '{Location}'. ListArtifacts shows what there is.", ErrorCode.ResourceDoesNotExist, cause);
}
