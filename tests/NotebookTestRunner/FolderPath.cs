namespace NotebookTestRunner;

/// <summary>Questions about paths of folders, answered step by step of the path and not letter by letter.</summary>
internal static class FolderPath
{
    /// <summary>Whether a folder is another one or holds it, at any depth.</summary>
    /// <param name="outer">The folder that may be around, a full path.</param>
    /// <param name="inner">The folder that may be inside, a full path.</param>
    public static bool IsAround(string outer, string inner)
    {
        var way = Path.GetRelativePath(outer, inner);
        return !Path.IsPathRooted(way) && way.Split(Path.DirectorySeparatorChar)[0] != "..";
    }

    /// <summary>A path for readers: below a folder relative to it, with <c>/</c>.</summary>
    /// <param name="path">The path, in full.</param>
    /// <param name="root">The folder, in full; null for none.</param>
    public static string Shown(string path, string? root) => (root is not null && IsAround(root, path) ? Path.GetRelativePath(root, path) : path).Replace('\\', '/');
}
