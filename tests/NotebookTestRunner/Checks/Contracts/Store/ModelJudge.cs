using System.Globalization;
using MLflowSharp;
using NotebookTestRunner.Checks.Tracking;

namespace NotebookTestRunner.Checks.Contracts.Store;

/// <summary>Compares a registered model with what was promised of it.</summary>
internal static class ModelJudge
{
    public static IEnumerable<Violation> Judge(ModelTerms terms, StoreReading store)
    {
        if (store.RegisteredModels.FirstOrDefault(model => model.Name == terms.Name) is not { } model)
            return [new(terms.Place, $"registered model {terms.Name}: not there; {Nearest.ThereAre(terms.Name, store.RegisteredModels.Select(other => other.Name))}")];
        var versions = store.Versions.Where(version => version.Name == terms.Name).OrderBy(version => long.Parse(version.Version, CultureInfo.InvariantCulture)).ToList();
        List<Violation> violations = [];

        if (terms.Versions is { } count && !count.Amount.Allows(versions.Count))
            Add(count.Place, $"versions: {count.Amount} expected, {versions.Count} found{(versions.Count == 0 ? "" : $": {string.Join(", ", versions.Select(version => version.Version))}")}");
        if (terms.Latest is { } latest)
        {
            if (versions.Count > 0) Version(latest, "newest version", versions[^1].Version);
            else Add(latest.Place, "newest version: there is none");
        }
        foreach (var alias in terms.Aliases)
        {
            var found = model.Aliases.GetValueOrDefault(alias.Name);
            if (found is not null) Version(alias, $"alias {alias.Name}", found);
            else if (!alias.Version.Allows(null)) Add(alias.Place, $"alias {alias.Name}: not there; {Nearest.ThereAre(alias.Name, model.Aliases.Select(other => $"{other.Key} (version {other.Value})"))}");
        }
        Tags("", terms.Tags, model.Tags);
        if (terms.NothingElse.Contains("aliases")) Closed("aliases", model.Aliases.Keys.Except(terms.Aliases.Select(alias => alias.Name)));
        if (terms.NothingElse.Contains("tags")) Closed("tags", model.Tags.Keys.Except(terms.Tags.Select(tag => tag.Name)));
        return violations;

        void Add(string place, string message) => violations.Add(new(place, $"registered model {terms.Name}: {message}"));

        void Version(AliasTerms expected, string what, string found)
        {
            var version = versions.Find(other => other.Version == found);
            var run = version is null ? null : RunOf(version, store);
            if (!expected.Version.Allows(found)) Add(expected.Place, $"{what}: version {expected.Version} expected, version {found} found{(run is null ? "" : $" (of run {run})")}");
            if (expected.Run is { } source && !source.Allows(run)) Add(expected.Place, $"{what}: from run {source} expected, version {found} is from {run ?? "no run that is known"}");
            Tags($"{what}: ", expected.Tags, version?.Tags ?? new Dictionary<string, string>());
        }

        void Tags(string what, IReadOnlyList<(string Place, string Name, Expectation Value)> expected, IReadOnlyDictionary<string, string> tags)
        {
            foreach (var (place, name, value) in expected)
            {
                var found = tags.GetValueOrDefault(name);
                if (!value.Allows(found)) Add(place, found is null ? $"{what}tag {name}: not there, {value} expected; {Nearest.ThereAre(name, tags.Keys)}" : $"{what}tag {name}: {value} expected, {found} found");
            }
        }

        void Closed(string what, IEnumerable<string> others)
        {
            var rest = others.Order(StringComparer.Ordinal).ToList();
            if (rest.Count > 0) Add(terms.Place, $"{what}: nothing else expected, and there is {string.Join(", ", rest)}");
        }
    }

    // A version names its run itself, or the logged model it was made of.
    private static string? RunOf(ModelVersion version, StoreReading store)
    {
        var runId = string.IsNullOrEmpty(version.RunId) ? store.LoggedModels.FirstOrDefault(model => model.ModelId == version.ModelId)?.SourceRunId : version.RunId;
        return store.Runs.FirstOrDefault(run => run.Info.RunId == runId)?.Info.RunName ?? (string.IsNullOrEmpty(runId) ? null : runId);
    }
}
