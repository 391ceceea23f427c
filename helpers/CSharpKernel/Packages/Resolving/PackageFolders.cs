using NuGet.Configuration;
using NuGet.Packaging;
using NuGet.Packaging.Core;

namespace CSharpKernel.Packages.Resolving;

/// <summary>The folders that hold unpacked packages: NuGet's own, those it falls back to, and a spare one.</summary>
internal sealed class PackageFolders
{
    private readonly string _own;
    private readonly string _spare;
    private readonly IReadOnlyList<string> _all;

    private PackageFolders(string own, IReadOnlyList<string> fallbacks, string spare)
    {
        _own = own;
        _spare = spare;
        _all = [own, .. fallbacks, spare];
    }

    /// <summary>NuGet's own folder.</summary>
    public string Own => _own;

    /// <summary>Finds the folders that NuGet's settings name.</summary>
    public static PackageFolders Open(ISettings settings, string spare) =>
        new(SettingsUtility.GetGlobalPackagesFolder(settings), SettingsUtility.GetFallbackPackageFolders(settings), spare);

    /// <summary>The folder of a package that is unpacked to the end.</summary>
    public string? Find(PackageIdentity package) =>
        _all.Select(root => new VersionFolderPathResolver(root).GetInstallPath(package.Id, package.Version))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, PackageFolder.MetadataFile)));

    /// <summary>The description that lies in a package's folder.</summary>
    public string NuspecOf(PackageIdentity package, string folder) =>
        Path.Combine(folder, new VersionFolderPathResolver(_own).GetManifestFileName(package.Id, package.Version));

    /// <summary>The versions of a package that are unpacked here.</summary>
    public IEnumerable<string> VersionsOf(string name) =>
        _all.Select(root => Path.Combine(root, name.ToLowerInvariant())).Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories)
            .Where(folder => File.Exists(Path.Combine(folder, PackageFolder.MetadataFile)))
            .Select(Path.GetFileName).OfType<string>().Distinct();

    /// <summary>The lower-case names of all packages unpacked here.</summary>
    public IEnumerable<string> Names => _all.Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories)
        .Select(Path.GetFileName).OfType<string>().Where(name => name[0] != '.').Distinct();

    /// <summary>The folder to unpack into: NuGet's own when it can be written, else the spare one.</summary>
    /// <exception cref="PackageException">Neither can.</exception>
    public string Writable() => CanWrite(_own) ? _own : CanWrite(_spare) ? _spare
        : throw new PackageException($"Neither {_own} nor {_spare} can be written, so no package can be unpacked. Set NUGET_PACKAGES or {PackageResolver.CacheVariable} to a folder that can.");

    private static bool CanWrite(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
