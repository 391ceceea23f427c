namespace MLflowSharp.Artifacts.Local;

/// <summary>One thing in a local folder that is to be copied.</summary>
/// <param name="Path">Full path.</param>
/// <param name="ArtifactPath">Path relative to the folder, with forward slashes.</param>
/// <param name="Length">Size in bytes; null for an empty folder.</param>
internal sealed record LocalEntry(string Path, string ArtifactPath, long? Length);

/// <summary>
/// Walks a local folder. Symbolic links are followed and what they lead to is copied, as MLflow does; links that lead nowhere or back to a
/// folder they are in are refused, and so are names that an artifact cannot have.
/// </summary>
internal static class LocalTree
{
    /// <summary>All files and empty folders, sorted by path. Everything is checked before anything is returned.</summary>
    public static IReadOnlyList<LocalEntry> Walk(string directory, CancellationToken cancellationToken)
    {
        var entries = new List<LocalEntry>();
        // A list instead of recursion: trees may be deeper than the stack. The chain of real folders is what finds circles.
        var folders = new Stack<(string Path, string Relative, Chain Parents)>();
        folders.Push((directory, "", new(RealPath.Of(directory), null)));
        while (folders.TryPop(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isEmpty = true;
            foreach (var item in new DirectoryInfo(folder.Path).EnumerateFileSystemInfos("*", Everything))
            {
                isEmpty = false;
                var relative = Named(folder.Relative, item);
                if (item.LinkTarget is not null)
                    Follow(item, relative);
                else if (item is DirectoryInfo)
                    folders.Push((item.FullName, relative, new(Path.Combine(folder.Parents.Folder, item.Name), folder.Parents)));
                else
                    entries.Add(new(item.FullName, relative, ((FileInfo)item).Length));
            }

            if (isEmpty && folder.Relative.Length > 0)
                entries.Add(new(folder.Path, folder.Relative, null));

            void Follow(FileSystemInfo link, string relative)
            {
                var real = RealPath.Of(link.FullName);
                if (File.Exists(real))
                    entries.Add(new(real, relative, new FileInfo(real).Length));
                else if (!Directory.Exists(real))
                    throw MlflowException.Invalid($"The symbolic link '{link.FullName}' leads to '{real}', which does not exist. Remove the link, or make what it leads to. Nothing was copied.");
                else if (folder.Parents.Has(real))
                    throw MlflowException.Invalid($"The symbolic link '{link.FullName}' leads back to '{real}', a folder it is in, so that copying would never end. Remove the link. Nothing was copied.");
                else
                    folders.Push((real, relative, new(real, folder.Parents)));
            }
        }

        entries.Sort((one, other) => string.CompareOrdinal(one.ArtifactPath, other.ArtifactPath));
        return entries;
    }

    private static EnumerationOptions Everything => new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    private static string Named(string folder, FileSystemInfo item)
    {
        if (item.Name.Contains('\\', StringComparison.Ordinal))
            throw MlflowException.Invalid($"The file name '{item.FullName}' has a backslash, which other systems take for a folder. Rename the file. Nothing was copied.");
        return ArtifactPath.CheckFile(ArtifactPath.Combine(folder, item.Name));
    }

    /// <summary>A folder and those it is in.</summary>
    private sealed record Chain(string Folder, Chain? Parent)
    {
        public bool Has(string folder)
        {
            for (var link = this; link is not null; link = link.Parent)
            {
                if (link.Folder == folder)
                    return true;
            }

            return false;
        }
    }
}
