namespace MLflowSharp.Journal.Files;

/// <summary>The exclusive lock that whoever writes or replays a journal holds. The system drops it when the process ends, however it ends.</summary>
internal sealed class OwnerLock : IDisposable
{
    public const string Extension = ".lock";
    private readonly FileStream _file;

    private OwnerLock(FileStream file, bool isReliable)
    {
        _file = file;
        IsReliable = isReliable;
    }

    /// <summary>Whether locks are known to work in that folder: somebody else is really kept out. Some network file systems only pretend.</summary>
    public bool IsReliable { get; }

    /// <summary>Takes the lock.</summary>
    /// <param name="path">Its file, made when there is none.</param>
    /// <returns>The lock; null when somebody has it.</returns>
    public static OwnerLock? TryTake(string path)
    {
        FileStream file;
        try
        {
            file = PrivateFiles.OpenStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (IsOfLock(error) || File.Exists(path))
        {
            return null;
        }

        return new(file, IsHeld(path));
    }

    /// <summary>
    /// Makes and takes the lock of a new journal. Between making its file and locking it, a process that looks for left journals may find it,
    /// lock it and remove it; who has such a lock keeps nobody out.
    /// </summary>
    /// <param name="path">A file that nobody else makes.</param>
    /// <returns>The lock; null when that happened: choose another name.</returns>
    public static OwnerLock? TryCreate(string path)
    {
        if (TryTake(path) is not { } taken)
            return null;
        if (taken.IsStillThere())
            return taken;
        taken.Dispose();
        return null;
    }

    /// <summary>Removes the file, then lets go, so that nobody takes a lock of something that is gone.</summary>
    public void Delete()
    {
        if (OperatingSystem.IsWindows())
            _file.Dispose();
        PrivateFiles.Delete(_file.Name);
        _file.Dispose();
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Whether the file that is locked is the one that its path names: only the maker writes into it, so that another one is empty.</summary>
    private bool IsStillThere()
    {
        _file.SetLength(1);
        return new FileInfo(_file.Name) is { Exists: true, Length: 1 };
    }

    /// <summary>Whether somebody else has the file: ERROR_SHARING_VIOLATION, or EWOULDBLOCK of Linux or macOS. It may be gone already.</summary>
    private static bool IsOfLock(IOException error) =>
        (error.HResult & 0xFFFF) == (OperatingSystem.IsWindows() ? 32 : OperatingSystem.IsMacOS() ? 35 : 11);

    private static bool IsHeld(string path)
    {
        try
        {
            PrivateFiles.OpenStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
