namespace CSharpKernel.Packages;

/// <summary>One package of an answer, and what it brings to this system.</summary>
/// <param name="Name">Its name, as its author writes it.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha512">The hash of its content, as NuGet computes it.</param>
/// <param name="Folder">Where it is unpacked.</param>
/// <param name="Dependencies">What it depends on here: names with ranges of versions.</param>
/// <param name="Compile">The files to compile against.</param>
/// <param name="Runtime">The assemblies to load.</param>
/// <param name="Resources">The satellite assemblies.</param>
/// <param name="Native">The native libraries.</param>
/// <param name="Frameworks">The shared frameworks it needs, such as <c>Microsoft.AspNetCore.App</c>.</param>
internal sealed record PackageContents(
    string Name,
    string Version,
    string Sha512,
    string Folder,
    IReadOnlyDictionary<string, string> Dependencies,
    IReadOnlyList<string> Compile,
    IReadOnlyList<string> Runtime,
    IReadOnlyList<string> Resources,
    IReadOnlyList<string> Native,
    IReadOnlyList<string> Frameworks)
{
    /// <summary>Whether the package is still unpacked as it was: package folders are emptied, and packages built anew under an old version.</summary>
    public bool IsIntact => PackageFolder.ReadHash(Folder) == Sha512 && Compile.Concat(Runtime).Concat(Resources).Concat(Native).All(file => File.Exists(Full(file)));

    /// <summary>The full path of one of the files.</summary>
    public string Full(string file) => Path.GetFullPath(Path.Combine(Folder, file));
}
