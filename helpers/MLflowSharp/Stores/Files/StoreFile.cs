using System.Text;

namespace MLflowSharp.Stores.Files;

/// <summary>
/// Small files that are whole at every moment: written under a temporary name and then renamed. The temporary file lies in a folder of
/// the store that is not listed for names, because a reader takes everything in <c>params/</c> or <c>tags/</c> for a parameter or a tag.
/// </summary>
internal static class StoreFile
{
    private const int Attempts = 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The file's text, or null when there is no such file.</summary>
    public static string? ReadText(string path) => ReadBytes(path) is { } bytes ? Utf8.GetString(bytes) : null;

    /// <summary>The file's bytes, or null when there is no such file. Others may write, rename or delete it meanwhile.</summary>
    public static byte[]? ReadBytes(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                var bytes = new byte[RandomAccess.GetLength(handle)];
                var read = 0;
                while (read < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(read), read) is var count and > 0)
                    read += count;
                return read == bytes.Length ? bytes : bytes[..read];
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
            catch (UnauthorizedAccessException) when (Directory.Exists(path))
            {
                return null;
            }
            catch (IOException error) when (attempt < Attempts && FileErrors.IsInUse(error))
            {
                // Somebody has it for themselves for a moment.
                Thread.Sleep(attempt);
            }
        }
    }

    /// <summary>Writes or replaces a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its whole content.</param>
    /// <param name="temporaryFolder">Where the temporary file lies; on the same file system.</param>
    public static void Write(string path, string text, string temporaryFolder)
    {
        var temporary = WriteTemporary(text, temporaryFolder);
        try
        {
            Replace(temporary, path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Creates a file with its whole content, unless there is one of that name: of several who try at once, one succeeds.</summary>
    /// <returns>False when there is something of that name.</returns>
    public static bool TryCreate(string path, string text, string temporaryFolder)
    {
        if (Path.Exists(path))
            return false;
        var temporary = WriteTemporary(text, temporaryFolder);
        try
        {
            MakeFolderOf(path);
            var moved = NativeFiles.TryMoveToFreeName(temporary, path);
            if (!moved)
                File.Delete(temporary);
            return moved;
        }
        catch (NotSupportedException)
        {
            File.Delete(temporary);
            return TryCreateInPlace(path, text);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Deletes a file.</summary>
    /// <returns>False when there is none.</returns>
    public static bool TryDelete(string path)
    {
        if (!File.Exists(path))
            return false;
        File.Delete(path);
        return true;
    }

    private static string WriteTemporary(string text, string folder)
    {
        var path = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            RandomAccess.Write(handle, Utf8.GetBytes(text), 0);
        }
        catch (IOException)
        {
            File.Delete(path);
            throw;
        }

        return path;
    }

    private static void Replace(string temporary, string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                MakeFolderOf(path);
                File.Move(temporary, path, overwrite: true);
                return;
            }
            catch (Exception error) when (OperatingSystem.IsWindows() && attempt < Attempts && FileErrors.IsAbout(error) && !Directory.Exists(path))
            {
                // A reader that does not share deletion, such as Python, has the old file open.
                Thread.Sleep(attempt);
            }
        }
    }

    private static void MakeFolderOf(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder);
    }

    private static bool TryCreateInPlace(string path, string text)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            RandomAccess.Write(handle, Utf8.GetBytes(text), 0);
            return true;
        }
        catch (IOException) when (Path.Exists(path))
        {
            return false;
        }
    }
}
