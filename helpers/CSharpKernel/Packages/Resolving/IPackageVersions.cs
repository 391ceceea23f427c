using NuGet.Packaging;
using NuGet.Packaging.Core;

namespace CSharpKernel.Packages.Resolving;

/// <summary>What a walk needs to know of packages.</summary>
internal interface IPackageVersions
{
    /// <summary>The version that fulfils a wish best.</summary>
    /// <exception cref="PackageException">There is none.</exception>
    Task<PackageIdentity> ChooseAsync(DependencyEdge edge, CancellationToken cancellationToken);

    /// <summary>What a package depends on, for each framework.</summary>
    Task<IReadOnlyList<PackageDependencyGroup>> ReadDependenciesAsync(PackageIdentity package, CancellationToken cancellationToken);
}
