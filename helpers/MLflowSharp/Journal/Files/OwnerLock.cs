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
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }

        return new(file, IsHeld(path));
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
