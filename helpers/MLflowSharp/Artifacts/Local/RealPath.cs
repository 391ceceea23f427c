namespace MLflowSharp.Artifacts.Local;

/// <summary>Where a path leads when all symbolic links in it are followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // As Linux.

    /// <summary>The path without links. Parts that do not exist are kept as they are.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when links lead in a circle.</exception>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var current = Path.GetPathRoot(full)!;
        var rest = new Stack<string>(Parts(full[current.Length..]).Reverse());
        for (var links = 0; rest.TryPop(out var part);)
        {
            var next = Path.Combine(current, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                current = next;
                continue;
            }

            if (++links > MostLinks)
                throw MlflowException.Invalid($"The symbolic links of '{path}' lead in a circle. Remove the link '{next}'.");
            var followed = Path.GetFullPath(Path.Combine(current, target));
            current = Path.GetPathRoot(followed)!;
            foreach (var piece in Parts(followed[current.Length..]).Reverse())
                rest.Push(piece);
        }

        return current;
    }

    /// <summary>Whether a path is a folder or lies in it; both without links.</summary>
    public static bool IsWithin(string folder, string path) =>
        path.StartsWith(folder, StringComparison.Ordinal)
        && (path.Length == folder.Length || Path.EndsInDirectorySeparator(folder) || path[folder.Length] == Path.DirectorySeparatorChar);

    private static string[] Parts(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}
