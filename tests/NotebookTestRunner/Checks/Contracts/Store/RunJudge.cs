using System.Globalization;
using MLflowSharp;
using NotebookTestRunner.Checks.Tracking;

namespace NotebookTestRunner.Checks.Contracts.Store;

/// <summary>Compares a run with what was promised of it.</summary>
internal sealed class RunJudge(RunTerms terms, Run run, StoreReading store)
{
    // MLflow's own tags: who, from what, in which notebook.
    private const string OwnTags = "mlflow.";
    private const string ParentTag = "mlflow.parentRunId";
    private const string ContextTag = "mlflow.data.context";

    private readonly List<Violation> violations = [];

    public async Task<IReadOnlyList<Violation>> JudgeAsync(CancellationToken cancellationToken)
    {
        Single(terms.Experiment, "experiment", store.ExperimentName(run.Info.ExperimentId));
        Single(terms.Status, "status", run.Info.Status.ToString().ToUpperInvariant());
        Single(terms.Parent, "parent", run.Data.Tags.TryGetValue(ParentTag, out var parent) ? NameOf(parent) : null);
        Values("parameter", "parameters", terms.Parameters, run.Data.Params);
        Values("tag", "tags", terms.Tags, run.Data.Tags);
        await MetricsAsync(cancellationToken);
        Inputs();
        await ArtifactsAsync(cancellationToken);
        LoggedModels();
        return violations;
    }

    private string Name => $"run {run.Info.RunName}";

    private string NameOf(string runId) => store.Runs.FirstOrDefault(other => other.Info.RunId == runId)?.Info.RunName ?? runId;

    private void Add(string place, string message) => violations.Add(new(place, $"{Name}: {message}"));

    private void Single(Expectation? expected, string what, string? found)
    {
        if (expected is not null && !expected.Allows(found)) Add(terms.Place, $"{what}: {expected} expected, {found ?? "none"} found");
    }

    private void Values(string what, string all, IReadOnlyList<(string Place, string Name, Expectation Value)> expected, IReadOnlyDictionary<string, string> found)
    {
        var names = found.Keys.Where(name => !name.StartsWith(OwnTags, StringComparison.Ordinal)).ToList();
        foreach (var (place, name, value) in expected)
        {
            var actual = found.GetValueOrDefault(name);
            if (value.Allows(actual)) continue;
            Add(place, actual is null ? $"{what} {name}: not there, {value} expected; {Nearest.ThereAre(name, names)}" : $"{what} {name}: {value} expected, {Shown(actual)} found");
        }
        NothingElse(all, names.Except(expected.Select(value => value.Name)));
    }

    private async Task MetricsAsync(CancellationToken cancellationToken)
    {
        foreach (var metric in terms.Metrics)
        {
            if (!run.Data.Metrics.TryGetValue(metric.Name, out var last))
            {
                if (!metric.Value.Allows(null)) Add(metric.Place, $"metric {metric.Name}: not there, {metric.Value} expected; {Nearest.ThereAre(metric.Name, run.Data.Metrics.Keys)}");
                continue;
            }
            Check("", metric.Value, Text(last));
            if (metric.LastStep is { } step) Check(", last step", step, run.Data.LatestMetrics.First(latest => latest.Key == metric.Name).Step.ToString(CultureInfo.InvariantCulture));
            if (!metric.IsAboutHistory) continue;
            var history = await store.HistoryAsync(run, metric.Name, cancellationToken);
            if (metric.Points is { } points && !points.Allows(history.Count)) Add(metric.Place, $"metric {metric.Name}, points: {points} expected, {history.Count} found");
            if (metric.Minimum is { } least) Check(", lowest value", least, Text(history.Min(point => point.Value)));
            if (metric.Maximum is { } most) Check(", highest value", most, Text(history.Max(point => point.Value)));

            void Check(string what, Expectation expected, string found)
            {
                if (!expected.Allows(found)) Add(metric.Place, $"metric {metric.Name}{what}: {expected} expected, {found} found");
            }
        }
        NothingElse("metrics", run.Data.Metrics.Keys.Except(terms.Metrics.Select(metric => metric.Name)));
    }

    private void Inputs()
    {
        var left = run.Inputs.DatasetInputs.ToList();
        foreach (var expected in terms.Inputs)
        {
            if (left.Find(input => Allows(expected.Name, input.Dataset.Name) && Allows(expected.Digest, input.Dataset.Digest) && Allows(expected.Context, ContextOf(input))) is { } match) left.Remove(match);
            else Add(expected.Place, $"input with {expected}: not there; {Nearest.ThereAre(expected.ToString(), run.Inputs.DatasetInputs.Select(input => $"{input.Dataset.Name} (context {ContextOf(input) ?? "none"}, digest {input.Dataset.Digest})"))}");
        }
        NothingElse("inputs", left.Select(input => input.Dataset.Name));

        static bool Allows(Expectation? expected, string? found) => expected is null || expected.Allows(found);

        static string? ContextOf(DatasetInput input) => input.Tags.FirstOrDefault(tag => tag.Key == ContextTag)?.Value;
    }

    private async Task ArtifactsAsync(CancellationToken cancellationToken)
    {
        if (terms.Artifacts.Count == 0 && !terms.NothingElse.Contains("artifacts")) return;
        var files = await store.ArtifactsAsync(run, cancellationToken);
        HashSet<string> promised = [];
        foreach (var expected in terms.Artifacts)
        {
            var found = files.Where(file => expected.Glob.Matches(file.Path)).ToList();
            promised.UnionWith(found.Select(file => file.Path));
            if (!expected.Count.Allows(found.Count))
            {
                Add(expected.Place, found.Count == 0
                    ? $"artifact {expected.Glob}: not there; {Nearest.ThereAre(expected.Glob.Pattern, files.Select(file => file.Path))}"
                    : $"artifact {expected.Glob}: {expected.Count} expected, {found.Count} found: {string.Join(", ", found.Select(file => file.Path))}");
            }
            foreach (var file in found)
            {
                if (await expected.FaultAsync(file.FileSize ?? 0, () => ReadAsync(file.Path, cancellationToken)) is { } fault) Add(expected.Place, $"artifact {file.Path} {fault}");
            }
        }
        NothingElse("artifacts", files.Select(file => file.Path).Except(promised));
    }

    private async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("contract-").FullName;
        try
        {
            return await File.ReadAllTextAsync(await store.DownloadAsync(run, path, folder, cancellationToken), cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void LoggedModels()
    {
        var models = store.LoggedModels.Where(model => model.SourceRunId == run.Info.RunId).Select(model => model.Name).ToList();
        foreach (var (place, name) in terms.LoggedModels.Where(model => !models.Contains(model.Name))) Add(place, $"logged model {name}: not there; {Nearest.ThereAre(name, models)}");
        if (terms.LoggedModelCount is { } count && !count.Amount.Allows(models.Count)) Add(count.Place, $"logged-models: {count.Amount} expected, {models.Count} found");
        NothingElse("logged-models", models.Except(terms.LoggedModels.Select(model => model.Name)));
    }

    private void NothingElse(string what, IEnumerable<string> others)
    {
        if (!terms.NothingElse.Contains(what)) return;
        var rest = others.Order(StringComparer.Ordinal).ToList();
        if (rest.Count > 0) Add(terms.Place, $"{what}: nothing else expected, and there is {string.Join(", ", rest)}");
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Shown(string value) => value.Length == 0 ? "an empty text" : value.Length <= 200 ? value : value[..200] + "…";
}
