using System.Security.Cryptography;
using System.Text;
using MLflowSharp.Stores;

namespace MLflowSharp.Artifacts.Local;

/// <summary>
/// Artifacts in a local (or mounted) folder. Files are written beside their place under MLflow's name for unfinished ones, which listings
/// leave out, and renamed when whole. Symbolic links inside are followed as long as they stay inside.
/// </summary>
internal sealed class LocalArtifactRepository(string root) : IArtifactRepository
{
    // MLflow 3.17 leaves files with this prefix out of its listings, too.
    private const string Unfinished = ".artifact.uploading.";

    private readonly string _root = Path.GetFullPath(root.Length == 0 ? "." : root);

    public Task<IReadOnlyList<ArtifactInfo>> ListArtifactsAsync(string? path, CancellationToken cancellationToken = default) => Run(() =>
    {
        var clean = ArtifactPath.CheckFolder(path);
        var folder = new DirectoryInfo(Full(clean));
        IReadOnlyList<ArtifactInfo> entries = folder.Exists
            ? [.. folder.EnumerateFileSystemInfos()
                .Where(entry => !entry.Name.StartsWith(Unfinished, StringComparison.Ordinal))
                .Select(entry => ToInfo(clean, entry))
                .OrderBy(entry => entry.Path, StringComparer.Ordinal)]
            : [];
        return entries;
    }, $"The artifacts in '{_root}' cannot be listed", cancellationToken);

    public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default)
    {
        var full = Full(ArtifactPath.CheckFolder(path));
        return Task.FromResult(File.Exists(full) || Directory.Exists(full));
    }

    public Task<ArtifactContent> OpenReadAsync(string artifactFile, ArtifactPosition? from = null, CancellationToken cancellationToken = default) => Run(() =>
    {
        var stream = new FileStream(Existing(artifactFile), new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, Share = FileShare.ReadWrite | FileShare.Delete });
        var version = $"{File.GetLastWriteTimeUtc(stream.SafeFileHandle).Ticks}-{stream.Length}";
        if (from is { } position && position.Version == version)
            stream.Position = position.Offset;
        return new ArtifactContent(stream, stream.Position, stream.Length, version);
    }, $"The artifact '{artifactFile}' in '{_root}' cannot be read", cancellationToken);

    public async Task WriteAsync(string artifactFile, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken = default)
    {
        var clean = ArtifactPath.CheckFile(artifactFile);
        await PutAsync(clean, Full(clean), async temporary =>
        {
            await using var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16, useAsync: true);
            await write(stream, cancellationToken);
        });
    }

    public async Task UploadFileAsync(string localFile, string artifactFile, ArtifactTransferOptions? transfer = null, CancellationToken cancellationToken = default)
    {
        var clean = ArtifactPath.CheckFile(artifactFile);
        var destination = Full(clean);
        if (RealPath.Of(localFile) == RealPath.Of(destination))
            return; // It is there already.
        await PutAsync(clean, destination, temporary => CopyAsync(localFile, temporary, clean, transfer, cancellationToken));
    }

    public async Task DownloadFileAsync(string artifactFile, string localFile, ArtifactTransferOptions? transfer = null, CancellationToken cancellationToken = default)
    {
        var source = Existing(artifactFile);
        var destination = Path.GetFullPath(localFile);
        if (RealPath.Of(source) == RealPath.Of(destination))
            return;
        await PutAsync(artifactFile, destination, temporary => CopyAsync(source, temporary, artifactFile, transfer, cancellationToken));
    }

    public Task DeleteArtifactsAsync(string? path, CancellationToken cancellationToken = default) => Run(() =>
    {
        var full = Unfollowed(ArtifactPath.CheckFolder(path));
        if (new FileInfo(full).LinkTarget is not null || File.Exists(full))
            File.Delete(full);
        else if (Directory.Exists(full))
            Directory.Delete(full, recursive: true);
        return true;
    }, $"The artifact '{path}' in '{_root}' cannot be deleted", cancellationToken);

    public Task<bool> IsSameAsync(ArtifactInfo artifact, string localFile, CancellationToken cancellationToken = default) => Run(() =>
    {
        var here = new FileInfo(Full(ArtifactPath.CheckFile(artifact.Path)));
        if (!here.Exists || here.Length != new FileInfo(localFile).Length)
            return false;
        using var one = here.OpenRead();
        using var other = File.OpenRead(localFile);
        var (first, second) = (new byte[1 << 16], new byte[1 << 16]);
        for (int read; (read = one.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (other.ReadAtLeast(second, second.Length, throwOnEndOfStream: false) != read || !first.AsSpan(0, read).SequenceEqual(second.AsSpan(0, read)))
                return false;
        }

        return true;
    }, $"'{localFile}' cannot be compared with the artifact '{artifact.Path}' in '{_root}'", cancellationToken);

    public Task CreateFolderAsync(string path, CancellationToken cancellationToken = default) =>
        Run(() => PrivateFiles.CreateFolder(Full(ArtifactPath.CheckFolder(path))), $"The folder '{path}' in '{_root}' cannot be made", cancellationToken);

    public string? GetLocalPath(string path)
    {
        var full = Full(ArtifactPath.CheckFolder(path));
        return File.Exists(full) || Directory.Exists(full) ? full : throw Missing(path);
    }

    /// <summary>Finds what killed uploads left, which no listing shows: files that nothing was written to since some time. Symbolic links are not followed.</summary>
    /// <param name="before">The time.</param>
    public IEnumerable<FileInfo> FindUnfinished(DateTimeOffset before)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, MatchType = MatchType.Simple };
        return !Directory.Exists(_root) ? []
            : new DirectoryInfo(_root).EnumerateFiles($"{Unfinished}*", options).Where(file => file.LastWriteTimeUtc < before.UtcDateTime);
    }

    private static Task CopyAsync(string source, string temporary, string artifactFile, ArtifactTransferOptions? transfer, CancellationToken cancellationToken)
    {
        var progress = transfer?.Progress;
        return Task.Run(
            () => FileCopy.Copy(source, temporary, progress is null ? null : (done, total) => progress.Report(new(artifactFile, done, total)), cancellationToken),
            cancellationToken);
    }

    private static async Task PutAsync(string artifactFile, string destination, Func<string, Task> write)
    {
        var (folder, name) = (Path.GetDirectoryName(destination)!, Path.GetFileName(destination));
        // Of fixed length, since the name itself may be as long as the file system allows.
        var temporary = Path.Combine(folder, $"{Unfinished}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)), 0, 8)}.{Guid.NewGuid():N}");
        try
        {
            PrivateFiles.CreateFolder(folder);
            try
            {
                await write(temporary);
                File.Move(temporary, destination, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        catch (Exception error) when (LocalErrors.IsOfTheSystem(error))
        {
            throw LocalErrors.Of($"The artifact '{artifactFile}' cannot be written to '{destination}'", error);
        }
    }

    private static async Task<T> Run<T>(Func<T> work, string failure, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        catch (Exception error) when (LocalErrors.IsOfTheSystem(error))
        {
            throw LocalErrors.Of(failure, error);
        }
    }

    private string Existing(string artifactFile)
    {
        var full = Full(ArtifactPath.CheckFile(artifactFile));
        if (File.Exists(full))
            return full;
        throw Directory.Exists(full)
            ? MlflowException.Invalid($"The artifact '{artifactFile}' in '{_root}' is a folder, not a file. Name a file in it, or download it with DownloadArtifacts.")
            : Missing(artifactFile);
    }

    private MlflowException Missing(string path) => MlflowException.Missing($"No such artifact: '{path}' in '{_root}'. ListArtifacts shows what there is.");

    private string Unfollowed(string clean)
    {
        var (folder, name) = ArtifactPath.Split(clean);
        return Path.Combine(Full(folder), name);
    }

    // Follows links part by part: none may lead out of the root, or back to a folder that the path went through.
    private string Full(string clean)
    {
        if (clean.Length == 0)
            return _root;
        var (path, real, passed) = (_root, RealPath.Of(_root), new HashSet<string>(StringComparer.Ordinal));
        var top = real;
        foreach (var part in clean.Split('/'))
        {
            passed.Add(real);
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is null)
            {
                real = Path.Combine(real, part);
                continue;
            }

            real = RealPath.Of(path);
            if (!RealPath.IsWithin(top, real))
                throw MlflowException.Invalid($"Invalid path of an artifact: '{clean}'. The symbolic link '{path}' leads out of the artifact folder '{_root}'.");
            if (passed.Contains(real))
                throw MlflowException.Invalid($"Invalid path of an artifact: '{clean}'. The symbolic link '{path}' leads back to a folder it is in. Remove the link.");
        }

        return path;
    }

    private static ArtifactInfo ToInfo(string folder, FileSystemInfo entry)
    {
        var path = ArtifactPath.Combine(folder, entry.Name);
        var followed = entry.LinkTarget is null ? entry : Followed(entry);
        return new(path, followed is DirectoryInfo, (followed as FileInfo)?.Length);
    }

    private static FileSystemInfo Followed(FileSystemInfo link)
    {
        var real = RealPath.Of(link.FullName);
        return Directory.Exists(real) ? new DirectoryInfo(real) : File.Exists(real) ? new FileInfo(real) : link;
    }
}
