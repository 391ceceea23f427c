namespace Microsoft.DotNet.Interactive.Commands;

/// <summary>Adds a source of packages, as <c>#i "nuget: …"</c> does.</summary>
/// <param name="packageSource">The folder or address.</param>
public sealed class AddPackageSource(string packageSource) : KernelCommand
{
    /// <summary>The folder or address.</summary>
    public string PackageSource { get; } = packageSource;
}
