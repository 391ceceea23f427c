namespace CSharpKernel.Packages;

/// <summary>What packages, with all they depend on, bring to this system.</summary>
/// <param name="Versions">The version of each package by its name.</param>
/// <param name="Assemblies">The files to compile against, each with the file to load where there is one.</param>
/// <param name="NativeFiles">The native libraries.</param>
internal sealed record PackageAssets(
    IReadOnlyDictionary<string, string> Versions,
    IReadOnlyList<(string Compile, string? Runtime)> Assemblies,
    IReadOnlyList<string> NativeFiles)
{
    /// <summary>Whether all the files are there: a package cache may have been emptied.</summary>
    public bool Exist => Assemblies.All(assembly => File.Exists(assembly.Compile) && (assembly.Runtime is null || File.Exists(assembly.Runtime)))
        && NativeFiles.All(File.Exists);
}
