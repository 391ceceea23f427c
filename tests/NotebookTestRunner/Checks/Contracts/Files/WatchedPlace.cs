namespace NotebookTestRunner.Checks.Contracts.Files;

/// <summary>A folder that is looked at, with what is below it.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Most">How many entries are looked at.</param>
/// <param name="Hidden">Whether also in folders whose names begin with a dot, and where programs keep what is theirs.</param>
/// <param name="Except">Folders that are looked at for themselves.</param>
/// <param name="IsAskedFor">Whether the contract is about it, and not only about what lies around.</param>
internal sealed record WatchedPlace(string Path, int Most, bool Hidden, IReadOnlyList<string> Except, bool IsAskedFor = false)
{
    // Where Windows and macOS keep what Linux keeps in hidden folders.
    private static readonly string[] OfPrograms = ["Library", "AppData", "node_modules"];

    /// <summary>Whether what is in a folder is looked at.</summary>
    public bool Enters(string folder, int depth)
    {
        // Of the root of a disk, only what lies in it directly is looked at: the rest is the system.
        if (System.IO.Path.GetDirectoryName(Path) is null && depth == 0) return false;
        var name = System.IO.Path.GetFileName(folder);
        return !Except.Contains(folder) && (Hidden || !(name.StartsWith('.') || OfPrograms.Contains(name)));
    }
}
