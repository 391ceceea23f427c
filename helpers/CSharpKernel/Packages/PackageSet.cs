namespace CSharpKernel.Packages;

/// <summary>The answer to a question for packages: all that were asked for, with all they depend on.</summary>
/// <param name="Packages">The packages.</param>
/// <param name="Remarks">What the reader should know of how the versions were chosen.</param>
/// <param name="IsOpen">Whether another day may bring another answer, because a version was not fixed.</param>
internal sealed record PackageSet(IReadOnlyList<PackageContents> Packages, IReadOnlyList<string> Remarks, bool IsOpen)
{
    /// <summary>No packages.</summary>
    public static PackageSet Empty { get; } = new([], [], IsOpen: false);

    /// <summary>Finds a package by its name.</summary>
    public PackageContents? Find(string name) => Packages.FirstOrDefault(package => package.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
