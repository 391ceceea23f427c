using Microsoft.Win32.SafeHandles;

namespace MLflowSharp.Stores;

/// <summary>
/// Files and folders that only their owner may read, whatever the umask: parameters, tags and artifacts can hold secrets, and on a node that is
/// shared everybody walks through the file system. What is there already keeps its mode, so that who wants to share a store can.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode OfFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OfFolder = OfFile | UnixFileMode.UserExecute;

    /// <summary>Opens a file that others may have open as well.</summary>
    public static SafeFileHandle Open(string path, FileMode mode, FileAccess access)
    {
        if (mode == FileMode.CreateNew)
        {
            // A handle cannot be opened with permissions of its own, a stream can.
            OpenStream(path, mode, access, FileShare.ReadWrite | FileShare.Delete).Dispose();
            mode = FileMode.Open;
        }

        return File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>Opens a file, made for the owner alone when it is new.</summary>
    public static FileStream OpenStream(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
            options.UnixCreateMode = OfFile;
        return new FileStream(path, options);
    }

    /// <summary>Makes an empty file, unless it is there; where that does not work, whoever opens it says why.</summary>
    public static void TryCreate(string path)
    {
        try
        {
            OpenStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another process was faster, or nothing can be made there.
        }
    }

    /// <summary>Deletes a file that is done with. One that stays, or whose folder somebody removed, does no harm: it says itself that the store has everything.</summary>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next process that looks at it deletes it.
        }
    }

    /// <summary>Makes a folder and those above it that are missing; what is there is left as it is.</summary>
    public static DirectoryInfo CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return Directory.CreateDirectory(path);
        // The mode given to .NET is the last folder's alone.
        if (Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) is { } above && !Directory.Exists(above))
            CreateFolder(above);
        return Directory.CreateDirectory(path, OfFolder);
    }
}
