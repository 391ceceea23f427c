namespace MLflowSharp.Values;

/// <summary>Finds programs where the shell finds them.</summary>
internal static class ProgramPath
{
    /// <summary>Full path of a program; null when it is not there.</summary>
    /// <param name="name">Its name, without the ending that it has on Windows.</param>
    /// <param name="path">The variable <c>PATH</c>.</param>
    public static string? Find(string name, string? path) =>
        (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name))
        .FirstOrDefault(File.Exists);
}
