namespace Microsoft.DotNet.Interactive;

/// <summary>A package, with its version if that matters.</summary>
/// <param name="packageName">The package's name.</param>
/// <param name="packageVersion">Its version; null or empty for the newest.</param>
public sealed class PackageReference(string packageName, string? packageVersion = null)
{
    /// <summary>The package's name.</summary>
    public string PackageName { get; } = packageName;

    /// <summary>Its version; empty for the newest.</summary>
    public string PackageVersion { get; } = packageVersion ?? "";

    /// <summary>Whether a version was named.</summary>
    public bool IsPackageVersionSpecified => PackageVersion.Length > 0;

    /// <inheritdoc/>
    public override string ToString() => IsPackageVersionSpecified ? $"{PackageName},{PackageVersion}" : PackageName;
}
