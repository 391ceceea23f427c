using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NotebookTestRunner.Caching;

/// <summary>
/// What a file, a folder with all below it, or the files of a pattern in a folder (<c>FOLDER/*.dll</c>) are like: a hash of their content; of a file
/// that is large its size and time of change.
/// </summary>
internal sealed class InputState
{
    /// <summary>There is nothing of that name.</summary>
    public const string Missing = "missing";

    /// <summary>The notebook itself wrote it: whatever it holds, it must be there.</summary>
    public const string Written = "written";

    /// <summary>There is more than can be looked at.</summary>
    public const string Unknown = "unknown";

    private const long MostHashed = 16_000_000;
    private const int MostFiles = 2_000;

    // Programs do not change while they run, and several notebooks use the same.
    private readonly ConcurrentDictionary<string, string> programs = new(StringComparer.Ordinal);

    /// <summary>The state of an input.</summary>
    /// <param name="input">Its full path, or the pattern.</param>
    public string Of(string input)
    {
        try
        {
            return IsPattern(input) ? programs.GetOrAdd(input, OfPattern)
                : File.Exists(input) ? OfFile(new FileInfo(input))
                : Directory.Exists(input) ? OfFolder(input)
                : Missing;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Unknown;
        }
    }

    /// <summary>A hash of texts.</summary>
    public static string Hash(params IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            // With its length, so that no two lists of texts are one.
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool IsPattern(string input) => Path.GetFileName(input).StartsWith('*');

    private static string OfFile(FileInfo file)
    {
        if (file.Length > MostHashed) return string.Create(CultureInfo.InvariantCulture, $"{file.Length} bytes of {file.LastWriteTimeUtc:O}");
        using var content = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private static string OfFolder(string folder)
    {
        var files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Take(MostFiles + 1).ToList();
        return files.Count > MostFiles ? Unknown : OfFiles(folder, files);
    }

    private static string OfPattern(string pattern)
    {
        var folder = Path.GetDirectoryName(pattern)!;
        if (!Directory.Exists(folder)) return Missing;
        var name = Path.GetFileName(pattern);
        var files = new DirectoryInfo(folder).EnumerateFiles(name).ToList();
        // Python's packages are folders whose names have their versions.
        var folders = Directory.EnumerateDirectories(folder, name).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
        return Hash([OfFiles(folder, files), .. folders]);
    }

    private static string OfFiles(string folder, IEnumerable<FileInfo> files) => Hash(files.OrderBy(file => file.FullName, StringComparer.Ordinal)
        .Where(file => file.Exists).SelectMany(file => new[] { Path.GetRelativePath(folder, file.FullName), OfFile(file) }));
}
