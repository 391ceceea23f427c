namespace JupyterProtocol.KernelSpecs;

/// <summary>Where Jupyter keeps kernelspecs (https://docs.jupyter.org/en/latest/use/jupyter-directories.html#data-files).</summary>
public static class JupyterPaths
{
    /// <summary>The user's own data folder: <c>JUPYTER_DATA_DIR</c>, or the platform's place.</summary>
    public static string UserDataDirectory
    {
        get
        {
            if (Variable("JUPYTER_DATA_DIR") is { } configured)
                return configured;
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            if (OperatingSystem.IsWindows())
                return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
            return OperatingSystem.IsMacOS()
                ? Path.Combine(home, "Library", "Jupyter")
                : Path.Combine(Variable("XDG_DATA_HOME") ?? Path.Combine(home, ".local", "share"), "jupyter");
        }
    }

    /// <summary>Where the connection files of running kernels are kept: <c>JUPYTER_RUNTIME_DIR</c>, or <c>runtime</c> in the user's data folder.</summary>
    public static string RuntimeDirectory => Variable("JUPYTER_RUNTIME_DIR") ?? Path.Combine(UserDataDirectory, "runtime");

    /// <summary>Every data folder, in the order Jupyter searches: <c>JUPYTER_PATH</c>, the user's, the active Python environment's, the system's.</summary>
    public static IReadOnlyList<string> DataDirectories =>
    [
        .. Variable("JUPYTER_PATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [],
        UserDataDirectory,
        .. new[] { Variable("VIRTUAL_ENV"), Variable("CONDA_PREFIX") }.OfType<string>().Select(prefix => Path.Combine(prefix, "share", "jupyter")),
        .. OperatingSystem.IsWindows()
            ? new[] { Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "jupyter") }
            : ["/usr/local/share/jupyter", "/usr/share/jupyter"],
    ];

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
