using NuGet.Packaging.Core;

namespace CSharpKernel.Packages.Resolving;

/// <summary>A package has nothing for the running .NET.</summary>
internal sealed class UnsuitablePackageException(PackageIdentity package, string message) : PackageException(message)
{
    /// <summary>The package.</summary>
    public PackageIdentity Package { get; } = package;
}
