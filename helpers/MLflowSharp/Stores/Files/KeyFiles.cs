using System.Buffers;
using System.Text;

namespace MLflowSharp.Stores.Files;

/// <summary>The folders <c>metrics</c>, <c>params</c>, <c>tags</c> and <c>aliases</c>: one file for each name; a name with slashes lies in subfolders.</summary>
internal static class KeyFiles
{
    private const int MaxFileNameBytes = 255;
    private const int MaxKeyLength = 1000;

    private static readonly SearchValues<char> BannedOnWindows = SearchValues.Create("\\:*?\"<>|");

    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };

    private static readonly HashSet<string> WindowsDevices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    /// <summary>The file of a name, which has been checked to stay in the folder.</summary>
    public static string PathOf(string folder, string key) => Path.Combine(folder, Path.DirectorySeparatorChar == '/' ? key : key.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The file of any name that somebody asks for; null for one that no file of the folder can have.</summary>
    public static string? TryPathOf(string folder, string key) =>
        key.Length > 0 && !key.Contains('\0', StringComparison.Ordinal) && !Array.Exists(key.Split('/'), part => part is "" or "." or ".." || Encoding.UTF8.GetByteCount(part) > MaxFileNameBytes)
        && key.Length < MaxKeyLength
        && (Path.DirectorySeparatorChar == '/' || !key.AsSpan().ContainsAny(BannedOnWindows))
            ? PathOf(folder, key)
            : null;

    /// <summary>The value of any name that somebody asks for, or null.</summary>
    public static string? TryRead(string folder, string key) => TryPathOf(folder, key) is { } path ? StoreFile.ReadText(path) : null;

    /// <summary>Refuses a name that the file system cannot keep beside those that are there.</summary>
    /// <param name="folder">The folder of names of this kind.</param>
    /// <param name="key">The name.</param>
    /// <param name="isFolder">Whether the name is a folder's.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE.</exception>
    public static void Check(string folder, string key, bool isFolder = false)
    {
        var parts = key.Split('/');
        foreach (var part in parts)
        {
            if (part.Length > MaxFileNameBytes / 4 && Encoding.UTF8.GetByteCount(part) > MaxFileNameBytes)
                throw Bad(key, $"a file name has at most {MaxFileNameBytes} bytes. Use a shorter name");
            if (OperatingSystem.IsWindows() && (part.EndsWith('.') || part.EndsWith(' ') || WindowsDevices.Contains(part.Split('.')[0])))
                throw Bad(key, $"Windows does not keep the file name '{part}'. Use another name");
        }

        var path = folder;
        for (var i = 0; i < parts.Length; i++)
        {
            CheckCase(path, parts[i], key);
            path = Path.Combine(path, parts[i]);
            var isLast = i == parts.Length - 1;
            if (isLast && !isFolder ? Directory.Exists(path) : File.Exists(path))
            {
                throw Bad(key, isLast && !isFolder
                    ? $"there are names that begin with '{key}/', which makes it a folder. Use another name"
                    : $"there is the name '{string.Join('/', parts[..(i + 1)])}', which is a file and cannot be a folder too. Use another name");
            }
        }
    }

    /// <summary>Every name and its file, sorted.</summary>
    public static IEnumerable<(string Key, string Path)> List(string folder)
    {
        if (!Directory.Exists(folder))
            return [];
        return Directory.EnumerateFiles(folder, "*", Everything)
            .Select(path => (Key: Path.GetRelativePath(folder, path).Replace('\\', '/'), path))
            // What a network file system keeps of a deleted file that is still open somewhere.
            .Where(file => !file.Key.StartsWith(".nfs", StringComparison.Ordinal))
            .OrderBy(file => file.Key, StringComparer.Ordinal);
    }

    /// <summary>Every name with its value, sorted. What is deleted meanwhile is left out.</summary>
    public static Dictionary<string, string> ReadAll(string folder)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, path) in List(folder))
        {
            if (StoreFile.ReadText(path) is { } value)
                values[key] = value;
        }

        return values;
    }

    /// <summary>Where capital and small letters name the same file, a second name would silently be the first.</summary>
    internal static void CheckCase(string folder, string name, string key, bool? namesIgnoreCase = null)
    {
        if (!(namesIgnoreCase ?? (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())) || !Directory.Exists(folder))
            return;
        var other = Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName)
            .FirstOrDefault(existing => existing != name && string.Equals(existing, name, StringComparison.OrdinalIgnoreCase));
        if (other is not null && !Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Contains(name))
            throw Bad(key, $"there is '{other}', and this file system does not tell capital from small letters. Use another name");
    }

    private static MlflowException Bad(string key, string why) => MlflowException.Invalid($"The name '{key}' cannot be kept in this file store: {why}.");
}
