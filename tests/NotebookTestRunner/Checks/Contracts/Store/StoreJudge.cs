using MLflowSharp;
using NotebookTestRunner.Checks.Tracking;

namespace NotebookTestRunner.Checks.Contracts.Store;

/// <summary>Compares what the tracking store holds with what was promised.</summary>
internal sealed class StoreJudge(StoreTerms terms, StoreMark before, StoreReading store)
{
    private readonly List<Violation> violations = [];

    public static async Task<IReadOnlyList<Violation>> JudgeAsync(StoreTerms terms, StoreMark before, StoreReading store, CancellationToken cancellationToken)
    {
        var judge = new StoreJudge(terms, before, store);
        await judge.JudgeAsync(cancellationToken);
        return judge.violations;
    }

    private async Task JudgeAsync(CancellationToken cancellationToken)
    {
        Count(terms.NewExperiments, "experiments", [.. store.Experiments.Where(experiment => !before.Experiments.Contains(experiment.ExperimentId)).Select(experiment => experiment.Name)]);
        foreach (var (place, name) in terms.Experiments)
        {
            if (store.Experiments.All(experiment => experiment.Name != name))
                Add(place, $"experiment {name}: not there; {Nearest.ThereAre(name, store.Experiments.Select(experiment => experiment.Name))}{Where}");
        }

        var fresh = store.Runs.Where(run => !before.Runs.Contains(run.Info.RunId)).ToList();
        Count(terms.NewRuns, "runs", [.. fresh.Select(run => run.Info.RunName)]);
        foreach (var run in terms.Runs) await JudgeAsync(run, run.Continued ? [.. store.Runs.Except(fresh)] : fresh, cancellationToken);

        Count(terms.NewModels, "registered-models", [.. store.RegisteredModels.Where(model => !before.Models.Contains(model.Name)).Select(model => model.Name)]);
        Count(terms.NewVersions, "versions of registered models", [.. store.Versions.Where(version => !before.Versions.Contains(StoreMark.Key(version))).Select(version => $"{version.Name} {version.Version}")]);
        violations.AddRange(terms.Models.SelectMany(model => ModelJudge.Judge(model, store)));
    }

    private string Where => store.Location.Exists ? "" : $" (there is no store at {store.Location.Uri})";

    private void Add(string place, string message) => violations.Add(new(place, message));

    private void Count((string Place, Amount Amount)? expected, string what, IReadOnlyList<string> found)
    {
        if (expected is { } count && !count.Amount.Allows(found.Count))
            Add(count.Place, $"{what}: {count.Amount} new expected, {found.Count} found{(found.Count == 0 ? "" : $": {string.Join(", ", found.Order(StringComparer.Ordinal))}")}{Where}");
    }

    private async Task JudgeAsync(RunTerms expected, IReadOnlyList<Run> candidates, CancellationToken cancellationToken)
    {
        var found = candidates.Where(run => expected.Name.Matches(run.Info.RunName)).ToList();
        if (!expected.Count.Allows(found.Count))
        {
            var kind = expected.Continued ? "from before" : "new";
            Add(expected.Place, found.Count == 0
                ? $"run {expected.Name}: not there; of runs that are {kind}, {Nearest.ThereAre(expected.Name.Pattern, candidates.Select(run => run.Info.RunName))}{Elsewhere(expected)}{Where}"
                : $"run {expected.Name}: {expected.Count} {kind} expected, {found.Count} found");
        }
        foreach (var run in found) violations.AddRange(await new RunJudge(expected, run, store).JudgeAsync(cancellationToken));
    }

    // Somebody who forgets whether a run is new is told.
    private string Elsewhere(RunTerms expected) =>
        store.Runs.Any(run => expected.Name.Matches(run.Info.RunName) && before.Runs.Contains(run.Info.RunId) != expected.Continued)
            ? expected.Continued ? ". There is one that is new: leave \"continued\" away" : ". There is one from before: say \"continued: true\" if that is meant"
            : "";
}
