using CSharpKernel.Scripting;
using NuGet.Versioning;

namespace CSharpKernel.Packages;

/// <summary>Tells the packages that .NET itself contains: as dependencies they need not be fetched.</summary>
internal static class FrameworkPackages
{
    private static readonly string[] Metapackages = ["NETStandard.Library", "Microsoft.NETCore.App", "Microsoft.NETCore.Platforms", "Microsoft.NETCore.Targets"];

    /// <summary>Whether the running .NET has all that a dependency asks for.</summary>
    public static bool Contain(string name, VersionRange range) =>
        (FrameworkReferences.Names.Contains(name, StringComparer.OrdinalIgnoreCase) || Metapackages.Contains(name, StringComparer.OrdinalIgnoreCase))
        && (range.MinVersion is null || (range.MinVersion.Major, range.MinVersion.Minor).CompareTo((Environment.Version.Major, Environment.Version.Minor)) <= 0);
}
