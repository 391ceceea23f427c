using System.Collections.Concurrent;
using CSharpKernel.Packages.Resolving;
using NuGet.Versioning;

namespace CSharpKernel.Packages;

/// <summary>The packages that can be had without a network: those in the package folders, and in sources that are folders.</summary>
internal sealed class PackageNames : IDisposable
{
    private static readonly ConcurrentDictionary<string, string> ProperNames = new(StringComparer.Ordinal);

    private readonly PackageFeed _feed;
    private readonly Lazy<ILookup<string, (string Name, NuGetVersion Version)>> _offered;

    public PackageNames(PackageFeed feed)
    {
        _feed = feed;
        _offered = new(() => feed.Sources.Where(Directory.Exists).SelectMany(ReadFolder).ToLookup(each => each.Name, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The names that begin with a text, as their authors write them.</summary>
    /// <param name="prefix">The text.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<string> Names(string prefix, int limit)
    {
        var unpacked = _feed.Folders.Names.Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).Take(limit).Select(ProperName);
        var offered = _offered.Value.Where(each => each.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Select(each => each.Key);
        return [.. unpacked.Concat(offered).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).Take(limit)];
    }

    /// <summary>The versions of a package, the newest first.</summary>
    public IReadOnlyList<string> Versions(string name) =>
        [.. _feed.Folders.VersionsOf(name).Select(Parse).OfType<NuGetVersion>().Concat(_offered.Value[name].Select(each => each.Version)).Distinct()
            .OrderDescending().Select(version => version.ToNormalizedString())];

    public void Dispose() => _feed.Dispose();

    // The folders have lower-case names; the description inside has the author's.
    private string ProperName(string folderName) => ProperNames.GetOrAdd(folderName, name =>
        _feed.Folders.VersionsOf(name).FirstOrDefault() is { } version ? _feed.ProperName(name, version) : name);

    // Either all packages in one folder, or a folder for each name and in it one for each version.
    private static IEnumerable<(string Name, NuGetVersion Version)> ReadFolder(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2, IgnoreInaccessible = true };
        foreach (var file in Directory.EnumerateFiles(folder, "*.nupkg", options))
        {
            var text = Path.GetFileNameWithoutExtension(file);
            for (var dot = text.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = text.IndexOf('.', dot + 1))
            {
                if (dot + 1 < text.Length && char.IsAsciiDigit(text[dot + 1]) && Parse(text[(dot + 1)..]) is { } version)
                {
                    yield return (text[..dot], version);
                    break;
                }
            }
        }
    }

    private static NuGetVersion? Parse(string text) => NuGetVersion.TryParse(text, out var version) ? version : null;
}
