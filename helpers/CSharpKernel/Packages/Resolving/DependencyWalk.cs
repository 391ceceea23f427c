using NuGet.Frameworks;
using NuGet.Packaging.Core;

namespace CSharpKernel.Packages.Resolving;

/// <summary>
/// Chooses a version for each package that is wanted directly or through others: the lowest that all who want it accept. What the
/// notebook itself asks for is taken at its word.
/// </summary>
internal sealed class DependencyWalk(IPackageVersions versions, NuGetFramework framework, IReadOnlyList<DependencyEdge> requests, Action<string> report)
{
    private const int PassLimit = 60;

    private readonly Dictionary<PackageIdentity, IReadOnlyList<DependencyEdge>> _dependencies = [];
    private readonly HashSet<string> _requested = new(requests.Select(request => request.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>All wishes of the chosen packages, after the walk.</summary>
    public IReadOnlyList<DependencyEdge> Edges { get; private set; } = [];

    /// <summary>Chooses.</summary>
    /// <returns>The packages by their names.</returns>
    /// <exception cref="PackageException">A wish cannot be fulfilled at all, or two contradict each other.</exception>
    public async Task<IReadOnlyDictionary<string, PackageIdentity>> RunAsync(CancellationToken cancellationToken)
    {
        var chosen = new Dictionary<string, PackageIdentity>(StringComparer.OrdinalIgnoreCase);
        for (var pass = 0; ; pass++)
        {
            // A version that one pass raises brings other wishes, so the walk is repeated until nothing changes.
            var next = await PassAsync(chosen, keepHigher: pass > PassLimit / 2, cancellationToken);
            if (next.Count == chosen.Count && next.All(pair => chosen.TryGetValue(pair.Key, out var former) && former.Version == pair.Value.Version))
                break;
            if (pass == PassLimit)
                throw new PackageException($"The packages {string.Join(", ", requests.Select(request => request.Name))} want each other in versions that never settle. Ask for fixed versions of them.");
            chosen = next;
        }

        return chosen;
    }

    private async Task<Dictionary<string, PackageIdentity>> PassAsync(Dictionary<string, PackageIdentity> former, bool keepHigher, CancellationToken cancellationToken)
    {
        var next = new Dictionary<string, PackageIdentity>(StringComparer.OrdinalIgnoreCase);
        var visited = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var edges = new List<DependencyEdge>();
        IReadOnlyList<DependencyEdge> wave = requests;
        while (wave.Count > 0)
        {
            edges.AddRange(wave);
            var wanted = wave.Where(edge => edge.Parent is null || !_requested.Contains(edge.Name)).ToList();
            var found = await Task.WhenAll(wanted.Select(edge => versions.ChooseAsync(edge, cancellationToken)));
            foreach (var package in found)
                if (!next.TryGetValue(package.Id, out var other) || other.Version < package.Version)
                    next[package.Id] = keepHigher && former.TryGetValue(package.Id, out var before) && before.Version > package.Version ? before : package;
            var fresh = found.Select(package => package.Id).Distinct(StringComparer.OrdinalIgnoreCase).Where(visited.Add)
                .Select(name => former.TryGetValue(name, out var known) && known.Version > next[name].Version ? known : next[name]).ToList();
            wave = [.. (await Task.WhenAll(fresh.Select(package => ReadAsync(package, cancellationToken)))).SelectMany(each => each)];
        }

        Edges = edges;
        return next;
    }

    private async Task<IReadOnlyList<DependencyEdge>> ReadAsync(PackageIdentity package, CancellationToken cancellationToken)
    {
        lock (_dependencies)
            if (_dependencies.TryGetValue(package, out var known))
                return known;
        report($"{package.Id} {package.Version}");
        var groups = await versions.ReadDependenciesAsync(package, cancellationToken);
        var group = framework is AssetTargetFallbackFramework fallback
            ? NuGetFrameworkUtility.GetNearest(groups, fallback.RootFramework) ?? NuGetFrameworkUtility.GetNearest(groups, fallback.AsFallbackFramework())
            : NuGetFrameworkUtility.GetNearest(groups, framework);
        var edges = (group?.Packages ?? [])
            .Where(dependency => !FrameworkPackages.Contain(dependency.Id, dependency.VersionRange) && !KernelPackages.Replace(dependency.Id))
            .Select(dependency => new DependencyEdge(package.Id, dependency.Id, dependency.VersionRange)).ToList();
        lock (_dependencies)
            _dependencies[package] = edges;
        return edges;
    }
}
