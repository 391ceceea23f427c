using MLflowSharp.Artifacts.Local;

namespace MLflowSharp.Artifacts.Transfer;

/// <summary>Copies files and whole trees to and from any repository, several files at a time.</summary>
internal static class ArtifactTransfer
{
    private const int LongestPath = 16_384;

    /// <summary>Copies a local folder's content. Names, links and what is there are checked before anything is written.</summary>
    public static async Task UploadTreeAsync(
        IArtifactRepository repository, string localDirectory, string? artifactPath, ArtifactTransferOptions? options, CancellationToken cancellationToken)
    {
        var transfer = ArtifactTransferOptions.Of(options);
        var target = ArtifactPath.CheckFolder(artifactPath);
        IReadOnlyList<LocalEntry> entries;
        try
        {
            entries = LocalTree.Walk(localDirectory, cancellationToken);
        }
        catch (Exception error) when (LocalErrors.IsOfTheSystem(error))
        {
            throw LocalErrors.Of($"The folder '{localDirectory}' cannot be read whole, so nothing was logged", error);
        }

        var there = transfer.Resume ? await ThereAsync(repository, target, entries, transfer, cancellationToken) : [];
        await Parallel.ForEachAsync(entries, Limits(transfer, cancellationToken), async (entry, token) =>
        {
            var path = ArtifactPath.Combine(target, entry.ArtifactPath);
            if (entry.Length is not { } length)
                await repository.CreateFolderAsync(path, token);
            else if (there.TryGetValue(path, out var artifact) && artifact.FileSize == length && await repository.IsSameAsync(artifact, entry.Path, token))
                transfer.Progress?.Report(new(path, length, length));
            else
                await repository.UploadFileAsync(entry.Path, path, transfer, token);
        });
    }

    /// <summary>Copies one local file; with <see cref="ArtifactTransferOptions.Resume"/> only when it is not there already.</summary>
    public static async Task UploadFileAsync(
        IArtifactRepository repository, string localFile, string artifactFile, ArtifactTransferOptions? options, CancellationToken cancellationToken)
    {
        var transfer = ArtifactTransferOptions.Of(options);
        var path = ArtifactPath.CheckFile(artifactFile);
        var length = new FileInfo(localFile).Length;
        if (transfer.Resume
            && (await repository.ListArtifactsAsync(ArtifactPath.Split(path).Folder, cancellationToken)).FirstOrDefault(entry => entry.Path == path) is { IsDirectory: false } artifact
            && artifact.FileSize == length && await repository.IsSameAsync(artifact, localFile, cancellationToken))
        {
            transfer.Progress?.Report(new(path, length, length));
            return;
        }

        await repository.UploadFileAsync(localFile, path, transfer, cancellationToken);
    }

    /// <summary>Makes a file or folder available locally: in place where it is local and no folder is named, else as a copy under its own path.</summary>
    /// <returns>Full local path of what was asked for.</returns>
    public static async Task<string> DownloadAsync(
        IArtifactRepository repository, string? path, string? destinationDirectory, ArtifactTransferOptions? options, CancellationToken cancellationToken)
    {
        var transfer = ArtifactTransferOptions.Of(options);
        var clean = ArtifactPath.CheckFolder(path);
        if (destinationDirectory is null && repository.GetLocalPath(clean) is { } original)
            return original;
        if (File.Exists(destinationDirectory))
            throw MlflowException.Invalid($"The destination '{destinationDirectory}' is a file. Name a folder; it is made when missing.");

        var destination = destinationDirectory is null ? Directory.CreateTempSubdirectory("mlflow-artifacts-").FullName : Path.GetFullPath(destinationDirectory);
        var target = Path.Combine(destination, clean);
        var (files, folders) = await FindAsync(repository, clean, transfer, cancellationToken);
        if (files.Count == 0 && folders.Count == 0 && clean.Length > 0)
        {
            // Neither a folder with something in it nor an empty one that exists: a file, or missing.
            if (repository.GetLocalPath(clean) is { } local && Directory.Exists(local))
                folders.Add(clean);
            else
                files.Add(new(clean, IsDirectory: false, null));
        }

        MakeFolder(clean.Length == 0 ? destination : Path.GetDirectoryName(target)!);
        foreach (var folder in folders)
            MakeFolder(Path.Combine(destination, folder));
        await Parallel.ForEachAsync(files, Limits(transfer, cancellationToken), async (file, token) =>
            await repository.DownloadFileAsync(file.Path, Path.Combine(destination, file.Path), transfer, token));
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
    }

    // What cannot list, such as a web address or a bucket that does not let everyone, may still have the file.
    private static async Task<(List<ArtifactInfo> Files, List<string> EmptyFolders)> FindAsync(
        IArtifactRepository repository, string path, ArtifactTransferOptions transfer, CancellationToken cancellationToken)
    {
        try
        {
            return await TreeAsync(repository, path, transfer, cancellationToken);
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.NotImplemented && path.Length > 0)
        {
            return ([], []);
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.PermissionDenied && path.Length > 0)
        {
            if (!await repository.ExistsAsync(path, cancellationToken))
                throw;
            return ([], []);
        }
    }

    /// <summary>All files below a folder, and the folders that have nothing in them.</summary>
    private static async Task<(List<ArtifactInfo> Files, List<string> EmptyFolders)> TreeAsync(
        IArtifactRepository repository, string folder, ArtifactTransferOptions transfer, CancellationToken cancellationToken)
    {
        var (files, empty) = (new List<ArtifactInfo>(), new List<string>());
        for (var level = new List<string> { folder }; level.Count > 0;)
        {
            var next = new List<string>();
            await Parallel.ForEachAsync(level, Limits(transfer, cancellationToken), async (current, token) =>
            {
                var entries = await repository.ListArtifactsAsync(current, token);
                lock (files)
                {
                    if (entries.Count == 0 && current != folder)
                        empty.Add(current);
                    foreach (var entry in entries)
                    {
                        // The storage's word is not taken for it: a path that is elsewhere would be written elsewhere.
                        var path = ArtifactPath.CheckChild(current, entry.Path);
                        if (path.Length > LongestPath)
                            throw MlflowException.Invalid($"The artifact storage names folders in folders without end, below '{folder}'. Look at the storage itself.");
                        if (entry.IsDirectory)
                            next.Add(path);
                        else
                            files.Add(entry);
                    }
                }
            });
            level = next;
        }

        files.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        return (files, empty);
    }

    private static async Task<Dictionary<string, ArtifactInfo>> ThereAsync(
        IArtifactRepository repository, string target, IReadOnlyList<LocalEntry> entries, ArtifactTransferOptions transfer, CancellationToken cancellationToken)
    {
        var there = new Dictionary<string, ArtifactInfo>(StringComparer.Ordinal);
        var folders = entries.Select(entry => ArtifactPath.Split(ArtifactPath.Combine(target, entry.ArtifactPath)).Folder).Distinct(StringComparer.Ordinal);
        await Parallel.ForEachAsync(folders, Limits(transfer, cancellationToken), async (folder, token) =>
        {
            var listed = await repository.ListArtifactsAsync(folder, token);
            lock (there)
            {
                foreach (var artifact in listed.Where(entry => !entry.IsDirectory))
                    there[artifact.Path] = artifact;
            }
        });
        return there;
    }

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (LocalErrors.IsOfTheSystem(error))
        {
            throw LocalErrors.Of($"The folder '{path}' for downloaded artifacts cannot be made", error);
        }
    }

    private static ParallelOptions Limits(ArtifactTransferOptions transfer, CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = transfer.Parallelism, CancellationToken = cancellationToken };
}
