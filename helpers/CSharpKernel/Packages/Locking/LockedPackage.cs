namespace CSharpKernel.Packages.Locking;

/// <summary>One package of a lock.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Sha512">The hash of its content.</param>
/// <param name="Dependencies">What it depends on: names with ranges of versions.</param>
/// <param name="Runtimes">The systems for which it has files of their own; null when it has the same for all.</param>
/// <param name="Frameworks">The shared frameworks it needs; null for none.</param>
internal sealed record LockedPackage(
    string Version,
    string Sha512,
    IReadOnlyDictionary<string, string> Dependencies,
    IReadOnlyList<string>? Runtimes = null,
    IReadOnlyList<string>? Frameworks = null);
