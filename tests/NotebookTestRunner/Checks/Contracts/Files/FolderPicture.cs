using System.IO.Enumeration;

namespace NotebookTestRunner.Checks.Contracts.Files;

/// <summary>What is in some folders, told by names, sizes and times of change; nothing is opened.</summary>
internal sealed class FolderPicture
{
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <summary>Those of the places that hold more than is looked at.</summary>
    public IReadOnlyList<WatchedPlace> CutShort { get; private init; } = [];

    /// <summary>Looks at folders.</summary>
    /// <param name="places">Which.</param>
    /// <param name="isIgnored">Full paths (with forward slashes) that do not matter; what is below them is not looked at either.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public static FolderPicture Take(IEnumerable<WatchedPlace> places, Func<string, bool> isIgnored, CancellationToken cancellationToken)
    {
        List<WatchedPlace> cutShort = [];
        var picture = new FolderPicture { CutShort = cutShort };
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var place in places)
        {
            // Breadth first: when there is too much, what is near is seen.
            Queue<(string Folder, int Depth)> folders = new([(place.Path, 0)]);
            var left = place.Most;
            while (left > 0 && folders.TryDequeue(out var next))
            {
                if (!seen.Add(next.Folder)) continue;
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var entry in Entries(next.Folder))
                {
                    var path = Slashes(entry.Path);
                    if (isIgnored(path)) continue;
                    left--;
                    picture.entries[path] = entry;
                    if (entry.IsFolder && !entry.IsLink && place.Enters(entry.Path, next.Depth)) folders.Enqueue((entry.Path, next.Depth + 1));
                }
            }
            if (folders.Any(next => !seen.Contains(next.Folder))) cutShort.Add(place);
        }
        return picture;
    }

    /// <summary>What is different in a later picture, in the order of paths. A folder is named only when nothing in it is.</summary>
    public IReadOnlyList<FileChange> To(FolderPicture later)
    {
        List<FileChange> changes = [];
        foreach (var (path, now) in later.entries)
        {
            if (!entries.TryGetValue(path, out var before)) changes.Add(new(path, ChangeKind.Created, now.Size, now.IsFolder));
            else if (before.IsFolder != now.IsFolder || (!now.IsFolder && (before.Size != now.Size || before.Changed != now.Changed))) changes.Add(new(path, ChangeKind.Changed, now.Size, now.IsFolder));
        }
        changes.AddRange(entries.Where(entry => !later.entries.ContainsKey(entry.Key)).Select(entry => new FileChange(entry.Key, ChangeKind.Deleted, entry.Value.Size, entry.Value.IsFolder)));
        return [.. changes.OrderBy(change => change.Path, StringComparer.Ordinal)];
    }

    /// <summary>The files and folders below a folder, as paths from there.</summary>
    public IEnumerable<string> Below(string folder)
    {
        var start = Slashes(folder).TrimEnd('/') + "/";
        return entries.Keys.Where(path => path.StartsWith(start, StringComparison.Ordinal)).Select(path => path[start.Length..]);
    }

    /// <summary>A path with forward slashes.</summary>
    public static string Slashes(string path) => Path.DirectorySeparatorChar == '/' ? path : path.Replace(Path.DirectorySeparatorChar, '/');

    private static List<Entry> Entries(string folder)
    {
        try
        {
            return [.. new FileSystemEnumerable<Entry>(folder, static (ref FileSystemEntry entry) => new Entry(
                entry.ToFullPath(), entry.IsDirectory, (entry.Attributes & FileAttributes.ReparsePoint) != 0, entry.IsDirectory ? 0 : entry.Length, entry.LastWriteTimeUtc.UtcTicks),
                new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true })];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It went away, or may not be looked at: then it cannot be told what is in it.
            return [];
        }
    }

    private sealed record Entry(string Path, bool IsFolder, bool IsLink, long Size, long Changed);
}
