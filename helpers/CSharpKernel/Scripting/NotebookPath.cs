namespace CSharpKernel.Scripting;

/// <summary>Paths as notebooks write them: relative to a folder, absolute, or below <c>~</c>, which is the user's home.</summary>
internal static class NotebookPath
{
    /// <summary>The absolute path.</summary>
    /// <param name="path">As written.</param>
    /// <param name="folder">Where relative paths start.</param>
    public static string Resolve(string path, string folder) => Path.GetFullPath(ExpandHome(path), folder);

    /// <summary>The path with the user's home in the place of <c>~</c>.</summary>
    public static string ExpandHome(string path) =>
        path == "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
            : path;
}
