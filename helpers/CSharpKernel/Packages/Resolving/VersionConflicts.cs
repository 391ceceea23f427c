using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace CSharpKernel.Packages.Resolving;

/// <summary>Looks for wishes that the chosen versions do not fulfil, and says who has them.</summary>
/// <param name="edges">All wishes.</param>
/// <param name="chosen">The chosen versions.</param>
internal sealed class VersionConflicts(IReadOnlyList<DependencyEdge> edges, IReadOnlyDictionary<string, PackageIdentity> chosen)
{
    private readonly Dictionary<string, DependencyEdge> _direct =
        edges.Where(edge => edge.Parent is null).DistinctBy(edge => edge.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(edge => edge.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The packages that the notebook asked for in a lower version than another package needs, with the least that all need.</summary>
    public IReadOnlyDictionary<string, NuGetVersion> Downgrades =>
        Unfulfilled.Where(edge => _direct.ContainsKey(edge.Name) && IsTooLow(edge)).GroupBy(edge => edge.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Max(edge => edge.Range.MinVersion)!, StringComparer.OrdinalIgnoreCase);

    /// <summary>What does not fit but was asked for by the notebook itself, which has the last word.</summary>
    public IEnumerable<string> Remarks => Unfulfilled.Where(edge => _direct.ContainsKey(edge.Name) && !IsTooLow(edge))
        .Select(edge => $"{Titled(edge.Parent!)} was made for {edge.Name} {VersionText.Of(edge.Range)}, and the notebook asks for {chosen[edge.Name].Version}.").Distinct();

    private IEnumerable<DependencyEdge> Unfulfilled => edges.Where(edge => edge.Parent is not null && !edge.Range.Satisfies(chosen[edge.Name].Version));

    /// <summary>Says which package wants what.</summary>
    /// <exception cref="PackageException">There is a conflict.</exception>
    public void ThrowIfAny()
    {
        foreach (var edge in Unfulfilled)
        {
            var name = edge.Name;
            if (_direct.TryGetValue(name, out var direct))
            {
                if (IsTooLow(edge))
                    throw new PackageException($"{name} {chosen[name].Version} cannot be added because {Wish(edge)}, and the notebook asks for {name} {VersionText.Of(direct.Range)}. Write #r \"nuget: {name}, {Downgrades[name]}\", or ask for an older {edge.Parent}.");
                continue;
            }

            var other = edges.Where(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).MaxBy(each => each.Range.MinVersion)!;
            throw new PackageException($"No version of {name} fits all: {Wish(other)}; {Wish(edge)}. Ask for versions of {other.Parent} and {edge.Parent} that agree, or choose yourself with #r \"nuget: {name}, {chosen[name].Version}\".");
        }
    }

    private bool IsTooLow(DependencyEdge edge) => edge.Range.HasLowerBound && chosen[edge.Name].Version < edge.Range.MinVersion;

    private string Wish(DependencyEdge edge) => $"{Titled(edge.Parent!)} wants {edge.Name} {VersionText.Of(edge.Range)} ({Chain(edge)})";

    private string Titled(string name) => chosen.TryGetValue(name, out var package) ? $"{package.Id} {package.Version}" : name;

    private string Chain(DependencyEdge edge)
    {
        var names = new List<string> { edge.Name };
        for (var parent = edge.Parent; parent is not null && names.Count < edges.Count; parent = Parent(parent))
            names.Add(Titled(parent));
        names.Add("the notebook");
        names.Reverse();
        return string.Join(" → ", names);
    }

    private string? Parent(string name) => _direct.ContainsKey(name) ? null
        : edges.FirstOrDefault(edge => edge.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Parent;
}
