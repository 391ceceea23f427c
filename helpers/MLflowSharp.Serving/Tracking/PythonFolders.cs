namespace MLflowSharp.Serving.Tracking;

/// <summary>Where Pythons are, by looking at files only: starting one takes longer than starting the server.</summary>
/// <param name="variable">Reads an environment variable.</param>
/// <param name="currentFolder">The folder that a <c>.venv</c> is looked for from, upwards.</param>
internal sealed class PythonFolders(Func<string, string?> variable, string currentFolder)
{
    /// <summary>Folders of environments and installations, the active ones first.</summary>
    public IEnumerable<string> Prefixes => Candidates().Where(Directory.Exists).Select(Path.GetFullPath).Distinct(StringComparer.Ordinal);

    /// <summary>The folders with packages of an environment.</summary>
    public static IEnumerable<string> PackageFolders(string prefix)
    {
        var versions = from library in (string[])["lib", "lib64"]
                       let folder = Path.Combine(prefix, library)
                       where Directory.Exists(folder)
                       from version in Directory.EnumerateDirectories(folder, "python3*").OrderDescending(StringComparer.Ordinal)
                       select version;
        return [.. versions.SelectMany(version => new[] { Path.Combine(version, "site-packages"), Path.Combine(version, "dist-packages") }), Path.Combine(prefix, "Lib", "site-packages")];
    }

    /// <summary>The interpreters there are.</summary>
    public IEnumerable<string> Interpreters =>
        Prefixes.SelectMany(prefix => new[] { Path.Combine(prefix, "bin", "python3"), Path.Combine(prefix, "bin", "python"), Path.Combine(prefix, "Scripts", "python.exe"), Path.Combine(prefix, "python.exe") })
            .Where(File.Exists);

    private IEnumerable<string> Candidates()
    {
        foreach (var name in (string[])["VIRTUAL_ENV", "CONDA_PREFIX"])
        {
            if (variable(name) is { Length: > 0 } prefix)
                yield return prefix;
        }

        for (var folder = currentFolder; folder is not null; folder = Path.GetDirectoryName(folder))
            yield return Path.Combine(folder, ".venv");
        foreach (var folder in (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)) is { } above && (File.Exists(Path.Combine(folder, "python3")) || File.Exists(Path.Combine(folder, "python"))))
                yield return above;
            else if (File.Exists(Path.Combine(folder, "python.exe")))
                yield return Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)).Equals("Scripts", StringComparison.OrdinalIgnoreCase) ? Path.Combine(folder, "..") : folder;
        }

        if (variable("HOME") is { Length: > 0 } home)
            yield return Path.Combine(home, ".local");
    }
}
