using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MLflowSharp.Artifacts.Local;

/// <summary>
/// Copies a file as fast as the operating system can: on Linux inside the kernel (or by sharing blocks, where the file system does that),
/// in pieces so that it can be cancelled and watched; elsewhere with the system's own copying.
/// </summary>
internal static partial class FileCopy
{
    private const int Piece = 64 << 20;

    /// <summary>Copies to a file that is made; one that is there is replaced. The two must not be the same.</summary>
    public static void Copy(string source, string destination, Action<long, long>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!OperatingSystem.IsLinux())
        {
            File.Copy(source, destination, overwrite: true);
            // The copy of a file that may not be written would be one that cannot be replaced.
            new FileInfo(destination) { IsReadOnly = false }.Refresh();
            var size = new FileInfo(destination).Length;
            progress?.Invoke(size, size);
            return;
        }

        using var from = File.OpenHandle(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        // Not FileMode.Create: it truncates, also a new file, and ext4 writes a truncated file to the disk when it is closed, which doubles the time.
        File.Delete(destination);
        using var to = File.OpenHandle(destination, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var total = RandomAccess.GetLength(from);
        var done = 0L;
        for (var inKernel = true; ; progress?.Invoke(done, Math.Max(done, total)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var copied = inKernel ? (long)copy_file_range(from, IntPtr.Zero, to, IntPtr.Zero, Piece, 0) : CopyPiece(from, to, done);
            // Some file systems cannot copy, and say so at once; some special ones claim to be empty. Whatever the reason, plain reading and
            // writing then tells whether something is really wrong.
            if (copied < 0 || (copied == 0 && inKernel))
            {
                inKernel = false;
                copied = CopyPiece(from, to, done);
            }

            if (copied == 0)
            {
                progress?.Invoke(done, done);
                return;
            }

            done += copied;
        }
    }

    private static long CopyPiece(SafeFileHandle from, SafeFileHandle to, long offset)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(1 << 20);
        try
        {
            var read = RandomAccess.Read(from, buffer, offset);
            RandomAccess.Write(to, buffer.AsSpan(0, read), offset);
            return read;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint copy_file_range(SafeFileHandle from, IntPtr fromOffset, SafeFileHandle to, IntPtr toOffset, nint length, uint flags);
}
