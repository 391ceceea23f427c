using MLflowSharp.Context;
using MLflowSharp.Search.InMemory;

namespace MLflowSharp.Stores.Files;

/// <summary>A run's folder. Its <c>meta.yaml</c> has been read; everything else is read when it is asked for, so that a search opens only the files that its filter names.</summary>
internal sealed class FileRun(FileTrackingStore store, string folder, RunInfo info) : SearchSubject
{
    private RunInputs? _inputs;

    public string Folder { get; } = folder;

    public RunInfo Info { get; } = info;

    public override IReadOnlyList<DatasetInput> Datasets => Inputs.DatasetInputs;

    private RunInputs Inputs => _inputs ??= store.ReadInputs(Folder);

    public override object? Attribute(string key) => key switch
    {
        "run_id" => Info.RunId,
        "run_name" => Info.RunName,
        "user_id" => Info.UserId,
        "status" => Info.Status.ToString().ToUpperInvariant(),
        "artifact_uri" => Info.ArtifactUri,
        "start_time" => Info.StartTime?.ToUnixTimeMilliseconds(),
        "end_time" => Info.EndTime?.ToUnixTimeMilliseconds(),
        _ => throw new NotSupportedException(key),
    };

    // Runs of MLflow before 1.30 have their name only as a tag.
    public override object? FilterAttribute(string key) => key == "run_name" ? Tag(SystemTags.RunName) : Attribute(key);

    public override IEnumerable<Metric> Metrics(string key) =>
        KeyFiles.TryPathOf(Path.Combine(Folder, "metrics"), key) is { } path && store.ReadLatest(path, key) is { } metric ? [metric] : [];

    public override string? Parameter(string key) => KeyFiles.TryRead(Path.Combine(Folder, "params"), key);

    public override string? Tag(string key) => KeyFiles.TryRead(Path.Combine(Folder, "tags"), key);

    public Run ReadWhole()
    {
        var metricFolder = Path.Combine(Folder, "metrics");
        var metrics = KeyFiles.List(metricFolder).Select(file => store.ReadLatest(file.Path, file.Key)).OfType<Metric>().ToList();
        var tags = KeyFiles.ReadAll(Path.Combine(Folder, "tags"));
        var info = Info.RunName.Length == 0 && tags.TryGetValue(SystemTags.RunName, out var name) ? Info with { RunName = name } : Info;
        return new(info, new(metrics, KeyFiles.ReadAll(Path.Combine(Folder, "params")), tags), Inputs) { Outputs = FileTrackingStore.ReadOutputs(Folder) };
    }
}
