using System.Text;
using MLflowSharp.Stores;
using Microsoft.Win32.SafeHandles;

namespace MLflowSharp.Journal.Files;

/// <summary>
/// The exclusive lock that whoever writes or replays a journal holds. The system drops it when the process ends, however it ends. Its file names
/// the kernel that the journal's writer runs under.
/// </summary>
internal sealed class OwnerLock : IDisposable
{
    public const string Extension = ".lock";
    private readonly FileStream _file;
    private readonly bool _isNew;

    private OwnerLock(FileStream file, bool isNew, bool isReliable)
    {
        _file = file;
        _isNew = isNew;
        IsReliable = isReliable;
        Kernel = Read(file);
    }

    /// <summary>Whether locks are known to work in that folder: somebody else is really kept out. Some network file systems only pretend.</summary>
    public bool IsReliable { get; }

    /// <summary><see cref="HostIdentity.Kernel"/> of the journal's writer; empty when it has not come to writing it, or somebody removed its lock.</summary>
    public string Kernel { get; private set; }

    /// <summary>The locked file.</summary>
    public SafeFileHandle Handle => _file.SafeFileHandle;

    /// <summary>Takes the lock.</summary>
    /// <param name="path">Its file, made when there is none, until the lock is let go.</param>
    /// <returns>The lock; null when somebody has it.</returns>
    public static OwnerLock? TryTake(string path)
    {
        FileStream file;
        var isNew = !File.Exists(path);
        try
        {
            file = PrivateFiles.OpenStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (IsOfLock(error) || File.Exists(path))
        {
            return null;
        }

        return new(file, isNew, IsHeld(path));
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
        try
        {
            if (taken.Sign())
                return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }

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

    public void Dispose()
    {
        // Another process finished with the journal and removed the file, between being listed and being locked here.
        if (_isNew && Kernel.Length == 0)
            Delete();
        _file.Dispose();
    }

    /// <summary>Writes whose it is.</summary>
    /// <returns>Whether the file that is locked is the one that its path names: only the maker writes into it, so that another one is empty.</returns>
    private bool Sign()
    {
        Kernel = HostIdentity.Current.Kernel;
        var signature = Encoding.UTF8.GetBytes(Kernel);
        RandomAccess.Write(_file.SafeFileHandle, signature, 0);
        return new FileInfo(_file.Name) is { Exists: true } found && found.Length == signature.Length;
    }

    private static string Read(FileStream file)
    {
        Span<byte> bytes = stackalloc byte[512];
        return Encoding.UTF8.GetString(bytes[..RandomAccess.Read(file.SafeFileHandle, bytes, 0)]);
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
