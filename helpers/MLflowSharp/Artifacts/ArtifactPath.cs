namespace MLflowSharp.Artifacts;

/// <summary>Checks relative artifact paths.</summary>
internal static class ArtifactPath
{
    /// <summary>The path without redundant parts; refuses one that is empty, absolute or leads out of the artifact folder.</summary>
    public static string CheckFile(string path) =>
        CheckFolder(path) is { Length: > 0 } clean
            ? clean
            : throw MlflowException.Invalid($"Invalid artifact path: '{path}'. Name a file, for instance notes/readme.txt.");

    /// <summary>As <see cref="CheckFile"/>, with null and empty for the top folder.</summary>
    public static string CheckFolder(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return "";
        var unified = path.Replace('\\', '/');
        var parts = unified.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToList();
        if (unified.StartsWith('/') || Path.IsPathRooted(path) || parts.Contains("..") || path.Contains('\0', StringComparison.Ordinal)
            || (OperatingSystem.IsWindows() && path.Contains(':', StringComparison.Ordinal)))
        {
            throw MlflowException.Invalid(
                $"Invalid artifact path: '{path}'. Use a path relative to the run's artifact folder, without '..', for instance plots/loss.svg.");
        }

        return string.Join('/', parts);
    }

    public static string Combine(string? folder, string file) => string.IsNullOrEmpty(folder) ? file : $"{folder.TrimEnd('/')}/{file}";
}
