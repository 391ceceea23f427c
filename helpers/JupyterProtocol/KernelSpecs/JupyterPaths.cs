namespace JupyterProtocol.KernelSpecs;

/// <summary>
/// Where Jupyter keeps kernelspecs and connection files (https://docs.jupyter.org/en/latest/use/jupyter-directories.html), by its own
/// rules for each system and its variables.
/// </summary>
/// <param name="platform">The system, its environment and the user's folder.</param>
public sealed class JupyterPaths(Platform platform)
{
    private static readonly string[] Refusals = ["no", "n", "false", "off", "0", "0.0"];

    /// <summary>Those of this process.</summary>
    public static JupyterPaths Current { get; } = new(Platform.Current);

    /// <summary>The user's own data folder: <c>JUPYTER_DATA_DIR</c>, or the system's place, which <c>JUPYTER_PLATFORM_DIRS</c> moves.</summary>
    public string UserDataDirectory =>
        platform.Variable("JUPYTER_DATA_DIR") is { } configured ? configured
        : platform.IsMacOS ? HasPlatformDirectories ? In(platform.Variable("XDG_DATA_HOME") ?? Below("Library", "Application Support")) : Below("Library", "Jupyter")
        : !platform.IsWindows ? In(platform.Variable("XDG_DATA_HOME") ?? Below(".local", "share"))
        : HasPlatformDirectories ? In(platform.Variable("LOCALAPPDATA") ?? Below("AppData", "Local"))
        : platform.Variable("APPDATA") is { } roaming ? In(roaming)
        : platform.Combine(platform.Variable("JUPYTER_CONFIG_DIR") ?? Below(".jupyter"), "data");

    /// <summary>Where the connection files of running kernels are kept: <c>JUPYTER_RUNTIME_DIR</c>, or <c>runtime</c> in the user's data folder.</summary>
    public string RuntimeDirectory => platform.Variable("JUPYTER_RUNTIME_DIR") ?? platform.Combine(UserDataDirectory, "runtime");

    /// <summary>
    /// Every data folder, in the order Jupyter searches: <c>JUPYTER_PATH</c>, the user's, the active Python environment's, the system's.
    /// In an active environment, or when <c>JUPYTER_PREFER_ENV_PATH</c> says so, the environment's comes before the user's.
    /// </summary>
    public IReadOnlyList<string> DataDirectories
    {
        get
        {
            IEnumerable<string> user = platform.Variable("VIRTUAL_ENV") is null ? [UserDataDirectory, PythonUserDirectory] : [UserDataDirectory];
            IEnumerable<string> environment = new[] { platform.Variable("VIRTUAL_ENV"), platform.Variable("CONDA_PREFIX") }.OfType<string>().Select(InPrefix);
            return
            [
                .. platform.Split(platform.Variable("JUPYTER_PATH"))
                    .Concat(PrefersEnvironment ? environment.Concat(user) : user.Concat(environment))
                    .Concat(SystemDirectories)
                    .Distinct(),
            ];
        }
    }

    private bool HasPlatformDirectories => IsSet("JUPYTER_PLATFORM_DIRS") == true;

    private bool PrefersEnvironment => IsSet("JUPYTER_PREFER_ENV_PATH")
        ?? (platform.Variable("VIRTUAL_ENV") is not null || (platform.Variable("CONDA_PREFIX") is not null && (platform.Variable("CONDA_DEFAULT_ENV") ?? "base") != "base"));

    // Where `pip install --user` puts kernelspecs.
    private string PythonUserDirectory => InPrefix(platform.Variable("PYTHONUSERBASE")
        ?? (platform.IsWindows ? platform.Combine(platform.Variable("APPDATA") ?? Below("AppData", "Roaming"), "Python") : Below(".local")));

    private IEnumerable<string> SystemDirectories =>
        // Everybody may write there, so Jupyter wants to be asked.
        platform.IsWindows ? IsSet("JUPYTER_USE_PROGRAMDATA") == true && platform.Variable("PROGRAMDATA") is { } shared ? [In(shared)] : []
        : platform.IsMacOS && HasPlatformDirectories ? ["/Library/Application Support/jupyter"]
        : HasPlatformDirectories && platform.Variable("XDG_DATA_DIRS") is { } folders ? platform.Split(folders).Select(folder => In(folder))
        : ["/usr/local/share/jupyter", "/usr/share/jupyter"];

    // As Jupyter reads its switches.
    private bool? IsSet(string name) => platform.Variable(name) is { } value ? !Refusals.Contains(value, StringComparer.OrdinalIgnoreCase) : null;

    private string Below(params ReadOnlySpan<string> parts) => platform.Combine(platform.Home, parts);

    private string In(string folder) => platform.Combine(folder, "jupyter");

    private string InPrefix(string prefix) => platform.Combine(prefix, "share", "jupyter");
}
