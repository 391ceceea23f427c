using NuGet.Versioning;

namespace CSharpKernel.Packages.Resolving;

/// <summary>A wish for a package.</summary>
/// <param name="Parent">The package that has the wish; null for the notebook.</param>
/// <param name="Name">The package wished for.</param>
/// <param name="Range">The versions that will do.</param>
internal sealed record DependencyEdge(string? Parent, string Name, VersionRange Range);
