using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using Microsoft.Win32.SafeHandles;

namespace MLflowSharp.Stores.Files;

/// <summary>
/// Two things that .NET's file functions do not offer: writing at the end of a file wherever that is by then, and giving a file a second
/// name only if that name is free. Several processes, also on several machines of a cluster, rely on both.
/// </summary>
internal static partial class NativeFiles
{
    private const int SetFlags = 4;
    private const int AlreadyExists = 17;
    private const int Interrupted = 4;
    private const int AppendOnLinux = 0x400;
    private const int AppendElsewhere = 0x8;
    private const int WindowsAlreadyExists = unchecked((int)0x800700B7);
    private const int WindowsFileExists = unchecked((int)0x80070050);

    /// <summary>Opens or creates a file whose writes all go to its end.</summary>
    public static SafeFileHandle OpenForAppending(string path)
    {
        if (OperatingSystem.IsWindows())
            return OpenForAppendingOnWindows(path);
        var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var flags = OperatingSystem.IsLinux() ? AppendOnLinux : AppendElsewhere;
        // On Apple's processors further arguments of such a function are on the stack, behind those in the eight registers.
        var result = OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? ControlOnStack(handle, SetFlags, 0, 0, 0, 0, 0, 0, flags)
            : Control(handle, SetFlags, flags);
        if (result == 0)
            return handle;
        var error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        throw new IOException($"'{path}' cannot be opened for appending: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    /// <summary>Writes at the end of a file that <see cref="OpenForAppending"/> opened, in one call of the system if it takes everything at once.</summary>
    public static void Append(SafeFileHandle handle, ReadOnlySpan<byte> bytes)
    {
        if (OperatingSystem.IsWindows())
        {
            // With nothing but the right to append, Windows ignores the position.
            RandomAccess.Write(handle, bytes, 0);
            return;
        }

        while (!bytes.IsEmpty)
        {
            var written = Write(handle, bytes, bytes.Length);
            var error = Marshal.GetLastPInvokeError();
            if (written >= 0)
                bytes = bytes[(int)written..];
            else if (error != Interrupted)
                throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        }
    }

    /// <summary>Moves a file to a name that must be free.</summary>
    /// <returns>False when there is something of that name; then the file stays where it is.</returns>
    /// <exception cref="NotSupportedException">The file system has no hard links.</exception>
    public static bool TryMoveToFreeName(string path, string newPath)
    {
        if (OperatingSystem.IsWindows())
        {
            try
            {
                File.Move(path, newPath, overwrite: false);
                return true;
            }
            catch (IOException error) when (error.HResult is WindowsAlreadyExists or WindowsFileExists)
            {
                return false;
            }
        }

        if (Link(path, newPath) == 0)
        {
            File.Delete(path);
            return true;
        }

        var number = Marshal.GetLastPInvokeError();
        if (number == AlreadyExists)
            return false;
        // No such permission, not supported (Linux, BSD and macOS), no such function: this is how file systems without hard links answer.
        if (number is 1 or 95 or 45 or 102 or 38 or 78)
            throw new NotSupportedException(Marshal.GetPInvokeErrorMessage(number));
        throw new IOException($"'{newPath}' cannot be created: {Marshal.GetPInvokeErrorMessage(number)}", number);
    }

    [SupportedOSPlatform("windows")]
    private static SafeFileHandle OpenForAppendingOnWindows(string path)
    {
        // The stream is left alone: closing it would close the handle that is handed out, and there is nothing else in it.
        var stream = new FileInfo(path).Create(
            FileMode.OpenOrCreate, FileSystemRights.AppendData | FileSystemRights.Synchronize | FileSystemRights.ReadAttributes,
            FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.None, fileSecurity: null);
        return stream.SafeFileHandle;
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(SafeFileHandle file, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ControlOnStack(SafeFileHandle file, int command, nint third, nint fourth, nint fifth, nint sixth, nint seventh, nint eighth, nint argument);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, nint count);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string path, string newPath);
}
