namespace MLflowSharp.Artifacts.Local;

/// <summary>Artifacts in a local (or mounted) folder.</summary>
internal sealed class LocalArtifactRepository(string root) : IArtifactRepository
{
    public async Task WriteAsync(string artifactFile, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default)
    {
        var path = Full(ArtifactPath.CheckFile(artifactFile));
        var temporary = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using (var stream = File.Create(temporary))
                await write(stream, cancellationToken);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MlflowException(
                $"The artifact '{artifactFile}' cannot be written to '{root}': {error.Message} Check free space and that you may write there.",
                error is UnauthorizedAccessException ? ErrorCode.PermissionDenied : ErrorCode.InternalError, error);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Task<IReadOnlyList<ArtifactInfo>> ListArtifactsAsync(string? path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var folder = new DirectoryInfo(Full(ArtifactPath.CheckFolder(path)));
        IReadOnlyList<ArtifactInfo> entries = folder.Exists
            ? [.. folder.EnumerateFileSystemInfos().Select(ToInfo).OrderBy(entry => entry.Path, StringComparer.Ordinal)]
            : [];
        return Task.FromResult(entries);
    }

    public async Task<string> DownloadArtifactsAsync(string path, string? destinationDirectory, CancellationToken cancellationToken = default)
    {
        var clean = ArtifactPath.CheckFolder(path);
        var source = Full(clean);
        if (!File.Exists(source) && !Directory.Exists(source))
            throw MlflowException.Missing($"No such artifact: '{path}' in '{root}'. ListArtifacts shows what there is.");
        if (destinationDirectory is null)
            return source;
        if (File.Exists(source))
            return await CopyAsync(source, Path.Combine(destinationDirectory, clean), cancellationToken);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            await CopyAsync(file, Path.Combine(destinationDirectory, Path.GetRelativePath(root, file)), cancellationToken);
        return Path.GetFullPath(Path.Combine(destinationDirectory, clean));
    }

    private static async Task<string> CopyAsync(string source, string destination, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(destination))!);
        await using var from = File.OpenRead(source);
        await using var to = File.Create(destination);
        await from.CopyToAsync(to, cancellationToken);
        return Path.GetFullPath(destination);
    }

    private string Full(string path) => Path.Combine(root, path);

    private ArtifactInfo ToInfo(FileSystemInfo entry) => new(
        Path.GetRelativePath(root, entry.FullName).Replace('\\', '/'), entry is DirectoryInfo, (entry as FileInfo)?.Length);
}
