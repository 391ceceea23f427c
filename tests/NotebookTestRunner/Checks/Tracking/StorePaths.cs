using NotebookTestRunner.Checks.Contracts.Files;

namespace NotebookTestRunner.Checks.Tracking;

/// <summary>Where the tracking store of a notebook may keep its files: the one it is told to use, and those that MLflow makes in the working folder.</summary>
internal sealed class StorePaths
{
    private readonly string[] paths;

    /// <param name="named">What the notebook's contract names, or null.</param>
    /// <param name="context">The notebook.</param>
    public StorePaths(string? named, NotebookCheckContext context)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(context.WorkingDirectory));
        string?[] all = [StoreLocation.Of(named, context).LocalPath, Path.Combine(folder, "mlflow.db"), Path.Combine(folder, "mlruns"), Path.Combine(folder, "mlartifacts")];
        paths = [.. all.OfType<string>().Select(FolderPicture.Slashes)];
    }

    /// <summary>Whether a full path (with forward slashes) is one of them or below. A database has its journals beside it: mlflow.db-wal, mlflow.db.journals.</summary>
    public bool Contain(string path) =>
        Array.Exists(paths, file => path.StartsWith(file, StringComparison.Ordinal) && (path.Length == file.Length || path[file.Length] is '/' or '-' or '.'));
}
