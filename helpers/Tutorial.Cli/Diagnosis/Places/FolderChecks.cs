using System.ComponentModel;
using System.Globalization;
using Tutorial.Cli.Faults;
using Tutorial.Helpers;

namespace Tutorial.Cli.Diagnosis.Places;

/// <summary>Where the course reads and writes.</summary>
/// <param name="place">The machine.</param>
/// <param name="isPublished">Whether the course is built and complete, so that it keeps nothing in the user's folder.</param>
internal sealed class FolderChecks(IPlace place, bool isPublished)
{
    // A build with restored packages takes about 3 GB, a run a few megabytes.
    private const double LeastFreeGigabytes = 1;

    // Shared between machines (their names in /proc/filesystems and in .NET): locks and times are not this machine's alone.
    private static readonly string[] NetworkFileSystems =
        ["lustre", "nfs", "gpfs", "cifs", "smb", "beegfs", "ceph", "fuse.sshfs", "sshfs", "afs", "9p", "v9fs", "panfs", "wekafs", "orangefs", "glusterfs", "fuse.glusterfs"];

    /// <summary>Whether a folder can be written.</summary>
    public EnvironmentItem Writable(string name, string folder) =>
        Try(folder) is { } fault ? new(name, false, Fault.Sentence(fault, folder)) : new(name, true, $"{folder} can be written");

    /// <summary>The user's folder, where .NET and packages are kept unless variables name another.</summary>
    public EnvironmentItem Home()
    {
        const string name = "Home";
        var home = place.Platform.Home;
        var fault = home.Length == 0 ? "there is no home folder (HOME is not set)" : !place.Exists(home) ? $"the home folder {home} is not there"
            : Try(home) is { } exception ? $"the home folder {home} cannot be written: {Reason(exception)}" : null;
        if (fault is null)
            return new(name, true, $"{home} can be written");
        if (isPublished)
            return new(name, true, "cannot be written, and need not be for the course");
        return ((string[])["DOTNET_CLI_HOME", "XDG_CACHE_HOME"]).All(variable => place.Platform.Variable(variable) is { } folder && Try(folder) is null)
            ? new(name, true, "cannot be written; DOTNET_CLI_HOME and XDG_CACHE_HOME lead elsewhere")
            : new(name, false, $"{fault}. Free space there, or lead what is kept there elsewhere: export DOTNET_CLI_HOME=DIR XDG_CACHE_HOME=DIR with a DIR that you can write, such as $TMPDIR");
    }

    /// <summary>The folder of packages. One that can only be read is well: it is shared, and filled already.</summary>
    public EnvironmentItem Packages()
    {
        const string name = "Packages", remedy = "Do: export NUGET_PACKAGES=DIR with a folder that has the packages, or that you can write";
        if (isPublished)
            return new(name, true, "none are needed, the course is built");
        if (PackagesFolder is not { } folder)
            return new(name, false, $"there is no folder for packages without a home. {remedy}");
        return Try(NearestThere(folder)) is not { } fault ? new(name, true, $"{folder} can be written")
            : place.Exists(folder) ? new(name, true, $"{folder} can only be read, so it has to hold all packages")
            : new(name, false, $"there is no {folder}, and it cannot be made: {Reason(fault)}. {remedy}");
    }

    /// <summary>The folder of packages; null when there is none.</summary>
    public string? PackagesFolder => place.Platform.Variable("NUGET_PACKAGES")
        ?? (place.Platform.Home.Length > 0 ? place.Platform.Combine(place.Platform.Home, ".nuget", "packages") : null);

    /// <summary>What is free on the disks of some folders.</summary>
    public EnvironmentItem Disk(IReadOnlyList<(string Name, string Folder)> folders)
    {
        List<string> seen = [], full = [];
        foreach (var (name, folder) in folders)
        {
            try
            {
                var free = place.DiskOf(folder).FreeBytes / 1e9;
                (free < LeastFreeGigabytes ? full : seen).Add(string.Create(CultureInfo.InvariantCulture, $"{free:0.0} GB for {name}{(free < LeastFreeGigabytes ? $" in {folder}" : "")}"));
            }
            catch (Exception exception) when (Fault.IsOfFiles(exception) || exception is ArgumentException)
            {
                return new("Disk", false, $"the free space of {folder} cannot be told: {exception.Message} Check that its disk is there.");
            }
        }

        return full.Count == 0
            ? new("Disk", true, $"free are {string.Join(", ", seen)}")
            : new("Disk", false, string.Create(CultureInfo.InvariantCulture, $"free are only {string.Join(", ", full)}: free at least {LeastFreeGigabytes:0} GB before building or training"));
    }

    /// <summary>The user's share of the disks, where the system keeps one and has a program that tells it.</summary>
    public EnvironmentItem Quota(string folder)
    {
        const string name = "Quota";
        foreach (var (program, arguments) in ((string, string[])[])[("lfs", ["quota", "-q", "-u", place.User, folder]), ("quota", ["-w", "-p"])])
        {
            if (place.Platform.FindProgram(program, place.Platform.Variable("PATH"), place.Exists) is not { } path)
                continue;
            try
            {
                var shares = QuotaTable.Read(place.Run(folder, path, arguments).Output);
                if (shares.FirstOrDefault(share => share.IsNearlyFull) is { } full)
                    return new(name, false, $"{full}. Delete what you do not need there ({program} tells more), or ask for more: a run that cannot write loses what it logs");
                if (shares.Count > 0)
                    return new(name, true, string.Join("; ", shares));
            }
            catch (Win32Exception)
            {
                // It tells nothing; so may another.
            }
        }

        return new(name, true, "this machine tells of none");
    }

    /// <summary>Whether SQLite, which the tracking store is kept in, can lock its file.</summary>
    public EnvironmentItem Locks(string folder)
    {
        const string name = "Locks";
        if (Try(folder) is { } unwritable)
            return new(name, false, Fault.Sentence(unwritable, folder));
        var (fileSystem, _) = place.DiskOf(folder);
        var isShared = NetworkFileSystems.Any(shared => fileSystem.StartsWith(shared, StringComparison.OrdinalIgnoreCase));
        if (place.TryLocks(folder) is { } fault)
        {
            return new(name, false, $"SQLite's locks do not work in {folder} ({fileSystem}): {fault.TrimEnd('.')}. Keep the store on a disk of this machine (export MLFLOW_TRACKING_URI=sqlite:////DIR/mlflow.db), "
                + "or log to a server (`ui`), which alone opens the file");
        }

        return new(name, true, $"SQLite's locks work on {fileSystem}{(isShared ? ", a network file system: let one machine at a time write a store" : "")} in {folder}");
    }

    // Without the name of the file that was tried, which nobody else knows.
    private static string Reason(Exception fault) => fault is UnauthorizedAccessException ? "no permission" : fault.Message.Split(" : '")[0].TrimEnd('.');

    private Exception? Try(string folder)
    {
        try
        {
            place.Write(folder);
            return null;
        }
        catch (Exception exception) when (Fault.IsOfFiles(exception))
        {
            return exception;
        }
    }

    /// <summary>The folder, or the one above it that is there: where it would be made.</summary>
    private string NearestThere(string folder)
    {
        while (!place.Exists(folder) && Path.GetDirectoryName(folder) is { Length: > 0 } above)
            folder = above;
        return folder;
    }
}
