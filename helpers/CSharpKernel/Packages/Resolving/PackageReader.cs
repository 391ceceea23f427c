using JupyterProtocol;
using NuGet.Client;
using NuGet.ContentModel;
using NuGet.Frameworks;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.RuntimeModel;

namespace CSharpKernel.Packages.Resolving;

/// <summary>Chooses the files of an unpacked package that fit this system and the running .NET, by NuGet's own conventions.</summary>
internal static class PackageReader
{
    private static readonly RuntimeGraph Runtimes = CreateRuntimeGraph();

    /// <summary>The running .NET. Packages made for the .NET Framework only are taken as a last resort, as the SDK takes them.</summary>
    public static AssetTargetFallbackFramework Framework { get; } = new(
        NuGetFramework.Parse($"net{Environment.Version.Major}.{Environment.Version.Minor}"),
        [.. new[] { "net481", "net48", "net472", "net471", "net47", "net462", "net461" }.Select(NuGetFramework.Parse)]);

    /// <summary>Reads a package.</summary>
    /// <param name="package">The package.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="nuspec">Its description.</param>
    /// <param name="dependencies">What it depends on here.</param>
    /// <exception cref="PackageException">It has nothing for this .NET.</exception>
    public static PackageContents Read(PackageIdentity package, string folder, NuspecReader nuspec, IReadOnlyDictionary<string, string> dependencies)
    {
        var files = new ContentItemCollection();
        List<string> paths = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))];
        files.Load(paths);
        // Not shared: packages are read several at a time, and NuGet's conventions remember what they have read in a plain dictionary.
        var conventions = new ManagedCodeConventions(Runtimes);
        var patterns = conventions.Patterns;
        PackageContents? contents = null;
        foreach (var framework in Framework.Fallback.Prepend(Framework.RootFramework))
        {
            var criteria = conventions.Criteria.ForFrameworkAndRuntime(framework, Platform.Current.RuntimeIdentifiers[0]);
            var compile = Find(files, criteria, patterns.CompileRefAssemblies, patterns.CompileLibAssemblies);
            var runtime = Find(files, criteria, patterns.RuntimeAssemblies);
            var native = Find(files, criteria, patterns.NativeLibraries);
            contents = new PackageContents(
                nuspec.GetId(), package.Version.ToNormalizedString(), PackageFolder.ReadHash(folder) ?? "", folder, dependencies,
                Referenced(compile, nuspec, framework), Real(runtime), Real(Find(files, criteria, patterns.ResourceAssemblies)), Real(native),
                [.. (NuGetFrameworkUtility.GetNearest(nuspec.GetFrameworkRefGroups(), framework)?.FrameworkReferences ?? []).Select(reference => reference.Name).Order(StringComparer.Ordinal)]);
            if (compile.Count + runtime.Count + native.Count > 0)
                return contents;
        }

        // Some hold only a file in a folder that is named like the mark of an empty one.
        var offered = paths.Where(path => Path.GetExtension(path) is ".dll" or ".exe" or ".winmd")
            .Select(path => path.Split('/')).Where(parts => parts is ["lib" or "ref", _, _, ..]).Select(parts => parts[1]).Distinct().ToList();
        if (offered.Count > 0)
            throw new UnsuitablePackageException(package, $"{package.Id} {package.Version} has no assemblies for {Framework.RootFramework.GetShortFolderName()}, only for {string.Join(", ", offered)}. Look for a version of it, or another package, that supports .NET {Environment.Version.Major}.");
        // Nothing but settings for a build, an analyzer, or only dependencies: nothing to load, and no fault.
        return contents!;
    }

    private static List<string> Find(ContentItemCollection files, SelectionCriteria criteria, params PatternSet[] patterns) =>
        [.. (files.FindBestItemGroup(criteria, patterns)?.Items ?? []).Select(item => item.Path)];

    // "_._" marks a framework for which a package brings nothing.
    private static List<string> Real(List<string> files) => files.FindAll(file => !file.EndsWith("/_._", StringComparison.Ordinal));

    // A package may name the few of its assemblies that code is meant to see.
    private static List<string> Referenced(List<string> files, NuspecReader nuspec, NuGetFramework framework)
    {
        var named = NuGetFrameworkUtility.GetNearest(nuspec.GetReferenceGroups(), framework)?.Items.ToList();
        return Real(files).FindAll(file => named is not { Count: > 0 } || file.StartsWith("ref/", StringComparison.Ordinal) || named.Contains(file[(file.LastIndexOf('/') + 1)..], StringComparer.OrdinalIgnoreCase));
    }

    private static RuntimeGraph CreateRuntimeGraph()
    {
        var chain = Platform.Current.RuntimeIdentifiers;
        return new RuntimeGraph(chain.Select((identifier, index) => new RuntimeDescription(identifier, index + 1 < chain.Count ? [chain[index + 1]] : [])));
    }
}
