using NotebookTestRunner.Audits.Sections;
using NotebookTestRunner.Checks.Tracking;

namespace NotebookTestRunner.Checks.Contracts.Files;

/// <summary>
/// The places a notebook could write to that are looked at: its working folder wholly; the folder that is in, the user's home and what the
/// contract names besides, as far as they are not allowed to change.
/// </summary>
internal sealed class Surroundings
{
    /// <summary>How many entries of the working folder, and of one that a contract names, are looked at.</summary>
    public const int MostInside = 200_000;

    private const int MostOutside = 50_000;

    // What kernels and libraries keep for themselves, in the home and beside code.
    private static readonly HashSet<string> Caches = new(StringComparer.Ordinal)
    {
        "__pycache__", ".ipynb_checkpoints", ".cache", ".config", ".local", ".ipython", ".jupyter", ".nuget", ".dotnet", ".templateengine", ".aspnet", ".matplotlib",
        ".keras", ".mlflow", ".npm", ".julia", ".torch", ".python_history", ".bash_history", ".git",
    };

    private readonly List<WatchedPlace> inside;
    private readonly List<WatchedPlace> outside;
    private readonly List<string> allowedFolders = [];
    private readonly IReadOnlyList<Glob> allow;
    private readonly Func<StorePaths> store;

    /// <param name="context">The notebook.</param>
    /// <param name="contract">What it promises.</param>
    /// <param name="most">How many entries of a folder are looked at that the contract is about; <see cref="MostInside"/> usually.</param>
    public Surroundings(NotebookCheckContext context, Contract contract, int most)
    {
        WorkingFolder = Normal(context.WorkingDirectory);
        allow = contract.Allow;
        store = () => new StorePaths(contract.StoreUri, context);
        var environment = context.Options.EnvironmentVariables;

        string[] watched = [.. contract.Watch.Select(folder => Normal(Resolve(folder, context)))];
        var temporary = Normal(Path.GetTempPath());
        List<string> around = [];
        if (Path.GetDirectoryName(WorkingFolder) is { } parent && parent != temporary) around.Add(parent);
        if (Home(context) is { Length: > 0 } home && Directory.Exists(home)) around.Add(Normal(home));

        inside = [new(WorkingFolder, most, Hidden: true, [], IsAskedFor: true)];
        outside = [.. watched.Where(folder => folder != WorkingFolder).Select(folder => new WatchedPlace(folder, most, Hidden: true, [WorkingFolder], IsAskedFor: true))];
        outside.AddRange(around.Where(folder => !watched.Contains(folder)).Select(folder => new WatchedPlace(folder, MostOutside, Hidden: false, [WorkingFolder, temporary])));

        // A folder for temporary files is for everybody, unless the notebook itself lives in a part of it that is looked at.
        if (!outside.Any(place => IsBelow(place.Path, temporary))) allowedFolders.Add(temporary);
        if (context.Options.RuntimeDirectory is { } runtime) allowedFolders.Add(Normal(Path.GetFullPath(runtime)));
        foreach (var variable in new[] { "CSHARPKERNEL_CACHE", "NUGET_PACKAGES", "_MLFLOW_SERVER_ARTIFACT_ROOT", "XDG_CACHE_HOME", "IPYTHONDIR", "MPLCONFIGDIR" })
        {
            if ((environment.GetValueOrDefault(variable) ?? Environment.GetEnvironmentVariable(variable)) is { Length: > 0 } folder && !folder.Contains("://", StringComparison.Ordinal))
                allowedFolders.Add(Normal(Path.GetFullPath(folder, WorkingFolder)));
        }
    }

    /// <summary>The folder the cells run in.</summary>
    public string WorkingFolder { get; }

    /// <summary>Looks at everything.</summary>
    /// <param name="cancellationToken">Stops looking.</param>
    public FolderPicture Look(CancellationToken cancellationToken)
    {
        var ofStore = store();
        return FolderPicture.Take([.. inside, .. outside], IsIgnored, cancellationToken);

        bool IsIgnored(string path) =>
            IsCache(path)
            // Another notebook's, whose sections are run at the same time.
            || WorkingCopy.IsNameOfOne(path)
            || path.EndsWith(".pyc", StringComparison.Ordinal)
            || ofStore.Contain(path)
            // A working folder in the folder for temporary files is no less looked at.
            || allowedFolders.Any(folder => IsIn(path, FolderPicture.Slashes(folder)) && !(IsInside(path) && IsIn(FolderPicture.Slashes(WorkingFolder), FolderPicture.Slashes(folder))))
            || allow.Any(glob => glob.Matches(path));
    }

    /// <summary>Whether a path's last part is the name of what kernels and libraries keep for themselves.</summary>
    public static bool IsCache(string path) => Caches.Contains(path[(path.LastIndexOf('/') + 1)..]);

    /// <summary>Whether a path lies in the working folder.</summary>
    public bool IsInside(string path) => path.StartsWith(FolderPicture.Slashes(WorkingFolder).TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>A path for the reader: from the working folder.</summary>
    public string Shown(string path) => Path.GetRelativePath(WorkingFolder, path).Replace('\\', '/');

    /// <summary>A pattern of full paths, from one that may begin in the working folder or with <c>~</c>.</summary>
    public static Glob ToFullPath(string pattern, NotebookCheckContext context)
    {
        var path = FolderPicture.Slashes(pattern);
        var wildcard = path.IndexOfAny(['*', '?', '{']);
        var slash = path.LastIndexOf('/', wildcard < 0 ? path.Length - 1 : wildcard) + 1;
        var folder = slash == 0 ? context.WorkingDirectory : Resolve(path[..slash], context);
        return new Glob(FolderPicture.Slashes(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))).TrimEnd('/') + "/" + path[slash..]);
    }

    private static string Resolve(string path, NotebookCheckContext context) =>
        path is "~" or ['~', '/', ..] ? Home(context) + path[1..] : Path.GetFullPath(path, context.WorkingDirectory);

    private static string Home(NotebookCheckContext context) =>
        context.Options.EnvironmentVariables.GetValueOrDefault("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static bool IsIn(string path, string folder) => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Normal(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
