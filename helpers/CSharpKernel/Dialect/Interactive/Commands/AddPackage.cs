namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>Adds a package to the notebook, as <c>#r "nuget: …"</c> does.</summary>
/// <param name="packageReference">The package.</param>
public sealed class AddPackage(PackageReference packageReference) : KernelCommand
{
    /// <summary>The package.</summary>
    public PackageReference PackageReference { get; } = packageReference;
}
