namespace CSharpKernel.Packages.Locking;

/// <summary>The content of <c>notebook.lock.json</c>. It names no system and no folder, so that it holds on every machine.</summary>
/// <param name="Version">The form of the file.</param>
/// <param name="Framework">The .NET that the packages were chosen for.</param>
/// <param name="Requested">What notebooks of the folder ask for: names with what they wrote for a version.</param>
/// <param name="Packages">The packages by their names.</param>
internal sealed record NotebookLock(
    int Version,
    string Framework,
    IReadOnlyDictionary<string, string> Requested,
    IReadOnlyDictionary<string, LockedPackage> Packages)
{
    /// <summary>The form that this kernel writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The running .NET.</summary>
    public static string CurrentFramework => $"net{Environment.Version.Major}.{Environment.Version.Minor}";
}
