using System.Buffers;

namespace MLflowSharp.Artifacts;

/// <summary>Checks relative artifact paths.</summary>
internal static class ArtifactPath
{
    private static readonly SearchValues<char> NotOnWindows = SearchValues.Create(":*?\"<>|");

    /// <summary>The path without redundant parts; refuses one that is empty, absolute or leads out of the artifact folder.</summary>
    public static string CheckFile(string path) =>
        CheckFolder(path) is { Length: > 0 } clean
            ? clean
            : throw MlflowException.Invalid($"Invalid path of an artifact: '{path}'. Name a file, for instance notes/readme.txt.");

    /// <summary>As <see cref="CheckFile"/>, with null and empty for the top folder.</summary>
    public static string CheckFolder(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return "";
        if (path.Any(char.IsControl))
            throw MlflowException.Invalid($"Invalid path of an artifact: '{Printable(path)}'. It has control characters; use a name without them, for instance plots/loss.svg.");

        return LeadsOut(path)
            ? throw MlflowException.Invalid(
                $"Invalid path of an artifact: '{path}'. Use a path relative to the run's artifact folder, without '..', for instance plots/loss.svg.")
            : string.Join('/', Parts(path));
    }

    /// <summary>Checks what a storage says is in a folder: each a direct child of it. Storages may be wrong, or hostile.</summary>
    public static string CheckChild(string folder, string path)
    {
        var parent = folder.Length == 0 ? "" : folder + "/";
        if (path.StartsWith(parent, StringComparison.Ordinal) && path[parent.Length..] is { Length: > 0 } name && name is not ("." or "..")
            && name.AsSpan().IndexOfAny('/', '\\') < 0 && !name.Any(char.IsControl) && !LeadsOut(name))
        {
            return path;
        }

        throw MlflowException.Invalid(
            $"The artifact storage names '{Printable(path)}' as an entry of its folder '{folder}', which it cannot be. Nothing of that name is used; look at the storage itself.");
    }

    public static string Combine(string? folder, string file) => string.IsNullOrEmpty(folder) ? file : $"{folder.TrimEnd('/')}/{file}";

    /// <summary>Folder and name of a path; the folder of a top-level one is empty.</summary>
    public static (string Folder, string Name) Split(string path) =>
        path.LastIndexOf('/') is var slash and >= 0 ? (path[..slash], path[(slash + 1)..]) : ("", path);

    /// <summary>A path with each part percent-encoded, as it stands in a web address.</summary>
    public static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static IEnumerable<string> Parts(string path) =>
        path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");

    // Servers decode what they are sent, some of them more than once, so no way of writing '..' may pass.
    private static bool LeadsOut(string path)
    {
        for (var before = ""; path != before; (path, before) = (Uri.UnescapeDataString(path), path))
        {
            if (IsElsewhere(path))
                return true;
        }

        return false;
    }

    // A drive letter and a file: address are refused everywhere: what is logged on one system is read on another.
    private static bool IsElsewhere(string path) =>
        path.StartsWith('/') || path.StartsWith('\\') || path.Contains('\0', StringComparison.Ordinal) || Parts(path).Contains("..")
        || (path.Length >= 2 && path[1] == ':' && char.IsAsciiLetter(path[0]))
        || path.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
        || (OperatingSystem.IsWindows() && path.AsSpan().ContainsAny(NotOnWindows));

    private static string Printable(string path) => string.Concat(path.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
