using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MLflowSharp.TorchSharp.Native;

/// <summary>
/// Loads a native library from memory on Linux: no file is written, so there is nothing to guard, to clean up or to find read-only.
/// </summary>
/// <remarks>.NET itself maps the code it compiles through the same system call (memfd_create(2)), so where .NET runs, this does.</remarks>
internal static partial class MemoryLibrary
{
    private const uint CloseOnExec = 1;

    // The loader remembers a library by its name, which here is a descriptor's: it must not be handed out again.
    private static readonly List<SafeFileHandle> Kept = [];

    /// <summary>Loads the library.</summary>
    /// <param name="name">The name shown in the process's memory map.</param>
    /// <param name="content">The whole library.</param>
    /// <exception cref="Win32Exception">The system refuses a file in memory.</exception>
    /// <exception cref="DllNotFoundException">The dynamic linker refuses the library; the message is its own.</exception>
    public static nint Load(string name, ReadOnlySpan<byte> content)
    {
        var descriptor = MemoryFileCreate(name, CloseOnExec);
        if (descriptor < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());

        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        Kept.Add(file);
        RandomAccess.Write(file, content, 0);
        return NativeLibrary.Load(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{descriptor}"));
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MemoryFileCreate(string name, uint flags);
}
