namespace NotebookTestRunner.Checks.Tracking;

/// <summary>Where a notebook keeps its records, seen from another process.</summary>
/// <param name="Uri">The tracking URI, relative paths made absolute.</param>
/// <param name="LocalPath">The database file or folder; null for a server.</param>
internal sealed record StoreLocation(string Uri, string? LocalPath)
{
    /// <summary>The variable that names the store.</summary>
    public const string Variable = "MLFLOW_TRACKING_URI";

    private const string Sqlite = "sqlite:///";

    /// <summary>Whether there is something to read already: looking must not create a store.</summary>
    public bool Exists => LocalPath is null || File.Exists(LocalPath) || (Directory.Exists(LocalPath) && Directory.EnumerateFileSystemEntries(LocalPath).Any());

    /// <summary>The store of a notebook as MLflow would find it: the one named, the one in the kernel's environment, the one in the working folder.</summary>
    /// <param name="named">What the notebook's contract names, or null.</param>
    /// <param name="context">The notebook.</param>
    public static StoreLocation Of(string? named, NotebookCheckContext context)
    {
        var uri = named ?? (context.Options.EnvironmentVariables.TryGetValue(Variable, out var given) ? given : Environment.GetEnvironmentVariable(Variable));
        if (!string.IsNullOrEmpty(uri)) return Resolve(uri, context.WorkingDirectory);
        // MLflow 3 begins with a database; a folder of files is what older versions made.
        var folder = Path.Combine(context.WorkingDirectory, "mlruns");
        return Resolve(!File.Exists(Path.Combine(context.WorkingDirectory, "mlflow.db")) && Directory.Exists(folder) ? folder : "sqlite:///mlflow.db", context.WorkingDirectory);
    }

    private static StoreLocation Resolve(string uri, string folder)
    {
        if (uri.StartsWith(Sqlite, StringComparison.Ordinal))
        {
            var database = Path.GetFullPath(uri[Sqlite.Length..], folder);
            return new(Sqlite + database, database);
        }
        if (uri.StartsWith("file:", StringComparison.Ordinal))
        {
            var files = System.Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.IsFile && uri.StartsWith("file:///", StringComparison.Ordinal)
                ? parsed.LocalPath
                : Path.GetFullPath(System.Uri.UnescapeDataString(uri["file:".Length..]), folder);
            return new(files, files);
        }
        // One letter before a colon is a drive.
        if (uri.IndexOf(':', StringComparison.Ordinal) is > 1) return new(uri, null);
        var path = Path.GetFullPath(uri, folder);
        return new(path, path);
    }
}
