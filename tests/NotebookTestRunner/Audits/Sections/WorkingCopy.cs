using System.Globalization;
using NotebookTestRunner.Checks.Contracts.Files;

namespace NotebookTestRunner.Audits.Sections;

/// <summary>
/// A copy of a working folder beside it, so that paths to what lies around still lead there, without what a run has written. It is deleted when it is
/// disposed of.
/// </summary>
internal sealed class WorkingCopy : IDisposable
{
    private const string Middle = "-by-itself-";
    private const int MostMegabytes = 500;

    private readonly long most;
    private long size;

    private WorkingCopy(string folder, long most)
    {
        Folder = folder;
        this.most = most;
    }

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>Whether a path's last part is the name of such a copy.</summary>
    public static bool IsNameOfOne(string path) => path[(path.LastIndexOf('/') + 1)..] is ['.', ..] name && name.Contains(Middle, StringComparison.Ordinal);

    /// <summary>Copies a folder.</summary>
    /// <param name="folder">Its path.</param>
    /// <param name="isLeftOut">Full paths, with forward slashes, that are left out with what is below them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="most">How many bytes are copied.</param>
    /// <exception cref="NotebookRunException">It is too large, or cannot be read, or there is no place beside it.</exception>
    public static WorkingCopy Of(string folder, Func<string, bool> isLeftOut, CancellationToken cancellationToken, long most = MostMegabytes * 1_000_000L)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var parent = Path.GetDirectoryName(folder) ?? throw new NotebookRunException($"Sections are run in copies of the working folder beside it, and beside {folder} there is nothing: run the notebook in another folder.");
        var copy = new WorkingCopy(Path.Combine(parent, $".{Path.GetFileName(folder)}{Middle}{Path.GetRandomFileName()}"), most);
        try
        {
            copy.Take(folder, copy.Folder, path => isLeftOut(FolderPicture.Slashes(path)), cancellationToken);
            return copy;
        }
        catch (Exception error)
        {
            copy.Dispose();
            if (error is not (IOException or UnauthorizedAccessException)) throw;
            throw new NotebookRunException($"Sections are run in copies of the working folder {folder} beside it, and it could not be copied: {error.Message} Run the notebook where that is possible.", error);
        }
    }

    public void Dispose()
    {
        try
        {
            if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A program that a cell started still writes there: what is left has a name that tells what it was.
        }
    }

    private void Take(string from, string to, Func<string, bool> isLeftOut, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var target = Path.Combine(to, entry.Name);
            if (Surroundings.IsCache(entry.Name) || isLeftOut(entry.FullName)) continue;
            // Environments and what editors keep: large, and not the notebook's to change.
            if (entry is DirectoryInfo { LinkTarget: null, Name: ['.', ..] } hidden && !OperatingSystem.IsWindows()) Directory.CreateSymbolicLink(target, hidden.FullName);
            else if (entry.LinkTarget is { } link) _ = entry is DirectoryInfo ? Directory.CreateSymbolicLink(target, link) : File.CreateSymbolicLink(target, link);
            else if (entry is FileInfo file) Take(file, target, from);
            else Take(entry.FullName, target, isLeftOut, cancellationToken);
        }
    }

    private void Take(FileInfo file, string target, string folder)
    {
        size += file.Length;
        if (size > most)
        {
            throw new NotebookRunException(string.Create(CultureInfo.InvariantCulture,
                $"Sections are run in copies of the working folder, and it holds more than the {most / 1_000_000} MB that are copied (at {file.Name} in {folder}): put the notebook into a folder of its own, with what it reads beside that."));
        }
        file.CopyTo(target);
    }
}
