using JupyterProtocol;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace CSharpKernel.Packages.Resolving;

/// <summary>Finds versions in the package folders and sources, as NuGet does for a project: a fixed one that is unpacked already needs no source.</summary>
internal sealed class PackageVersions(PackageFeed feed, List<string> remarks) : IPackageVersions
{
    private const int NearLimit = 3;

    public async Task<PackageIdentity> ChooseAsync(DependencyEdge edge, CancellationToken cancellationToken)
    {
        var (name, range) = (edge.Name, edge.Range);
        if (!range.IsFloating && range is { HasLowerBound: true, IsMinInclusive: true } && new PackageIdentity(name, range.MinVersion) is var lowest && feed.Folders.Find(lowest) is not null)
            return lowest;

        var offered = await feed.FindVersionsAsync(name, cancellationToken);
        if (range.FindBestMatch(offered.Keys) is { } best)
        {
            if (edge.Parent is null && (range.Float is { } pattern ? !pattern.Satisfies(best) : range is { HasLowerBound: true, HasUpperBound: false } && best != range.MinVersion))
                Remark($"{name} {range.Float?.ToString() ?? $"{range.MinVersion}"} does not exist; {best} is the next one that does. {Near(range.MinVersion!, offered.Keys)}");
            return new PackageIdentity(name, best);
        }

        var unpacked = feed.Folders.VersionsOf(name).Select(NuGetVersion.Parse).ToList();
        if (feed.Failures.Count > 0 && range.FindBestMatch(unpacked) is { } local)
        {
            Remark($"{name} {local} was taken from the package folder.{feed.FailureText()}");
            return new PackageIdentity(name, local);
        }

        throw new PackageException(Explain(edge, offered.Keys, unpacked));
    }

    public Task<IReadOnlyList<PackageDependencyGroup>> ReadDependenciesAsync(PackageIdentity package, CancellationToken cancellationToken) =>
        feed.ReadDependenciesAsync(package, cancellationToken);

    private string Explain(DependencyEdge edge, IEnumerable<NuGetVersion> offered, List<NuGetVersion> unpacked)
    {
        var (name, range) = (edge.Name, edge.Range);
        var wisher = edge.Parent is null ? "" : $" {edge.Parent} needs it.";
        var all = offered.Union(unpacked).Order().ToList();
        if (all.Count == 0 && feed.Failures.Count > 0)
            return $"{name} was not found.{wisher}{feed.FailureText()} Check the network, or add a local source with #i \"nuget: folder\".";
        if (all.Count == 0)
        {
            var near = NearestName.FindSlip(name, feed.Folders.Names) is { } slip && feed.Folders.VersionsOf(slip).FirstOrDefault() is { } version
                ? $" Did you mean {feed.ProperName(slip, version)}?" : "";
            var sources = string.Join(", ", feed.Sources);
            return $"There is no package {name} in {(sources.Length > 0 ? sources : "any source: nuget.config names none")}.{wisher}{near} Check the spelling of the name, or add a source that has it with #i \"nuget: folder or address\".";
        }

        if (all.TrueForAll(version => version.IsPrerelease) && range.IsFloating)
            return $"{name} has only pre-release versions. Write #r \"nuget: {name}, *-*\" for the newest, {all[^1]}.";
        return $"{name} has no version {VersionText.Of(range)}.{wisher} {Near(range.MinVersion ?? all[^1], all)} Choose one of the versions that exist.{feed.FailureText()}";
    }

    private static string Near(NuGetVersion wanted, IEnumerable<NuGetVersion> versions)
    {
        var all = versions.Order().ToList();
        var above = all.Where(version => version > wanted).Take(NearLimit);
        var near = all.Where(version => version <= wanted).TakeLast(NearLimit).Concat(above).ToList();
        return $"The nearest versions are {string.Join(", ", near)}{(near.Contains(all[^1]) ? "" : $"; the newest is {all[^1]}")}.";
    }

    private void Remark(string text)
    {
        lock (remarks)
            if (!remarks.Contains(text))
                remarks.Add(text);
    }
}
