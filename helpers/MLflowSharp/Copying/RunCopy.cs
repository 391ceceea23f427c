using MLflowSharp.Context;
using MLflowSharp.Validation;

namespace MLflowSharp.Copying;

/// <summary>Copies runs.</summary>
internal sealed class RunCopy(CopyEnd from, CopyEnd to, IdentifierMap map, CopyReport report)
{
    /// <summary>The tag of a copy that names the run it was made of.</summary>
    public const string OriginTag = "mlflowsharp.copiedFromRun";

    private readonly ArtifactCopy _artifacts = new(report);

    /// <summary>Makes the run, still empty.</summary>
    public async Task CreateAsync(Run run, string experimentId, CancellationToken cancellationToken)
    {
        var info = run.Info;
        var copy = await to.Tracking.CreateRunAsync(experimentId, info.UserId, info.StartTime ?? DateTimeOffset.UnixEpoch, null, info.RunName, cancellationToken);
        map.Add(info.RunId, copy.Info.RunId, info.ArtifactUri, copy.Info.ArtifactUri);
    }

    /// <summary>Fills it, and reads it back.</summary>
    public async Task FillAsync(Run run, IReadOnlyList<LoggedModel> models, CancellationToken cancellationToken)
    {
        var id = map.Run(run.Info.RunId)!;
        foreach (var parameters in run.Data.Params.Select(param => new Param(param.Key, param.Value)).Chunk(EntityValidator.MaxParamsTagsPerBatch))
            await to.Tracking.LogBatchAsync(id, [], parameters, [], cancellationToken);
        var tags = TagsOf(run);
        foreach (var some in tags.Select(tag => new RunTag(tag.Key, tag.Value)).Chunk(EntityValidator.MaxParamsTagsPerBatch))
            await to.Tracking.LogBatchAsync(id, [], [], some, cancellationToken);
        await LogInputsAsync(run, id, cancellationToken);
        foreach (var key in run.Data.Metrics.Keys)
            await CopyHistoryAsync(run, id, key, models, cancellationToken);
        await _artifacts.CopyAsync(from.At(run.Info.ArtifactUri), to.At((await to.Tracking.GetRunAsync(id, cancellationToken)).Info.ArtifactUri), cancellationToken);
        await to.Tracking.UpdateRunInfoAsync(id, run.Info.Status, run.Info.EndTime, null, cancellationToken);
        Check(run, await to.Tracking.GetRunAsync(id, cancellationToken), tags);
        report.Runs++;
    }

    private Dictionary<string, string> TagsOf(Run run)
    {
        var tags = run.Data.Tags.ToDictionary(tag => tag.Key, tag => map.Translate(tag.Value), StringComparer.Ordinal);
        // A copy of a copy names the first run.
        tags.TryAdd(OriginTag, run.Info.RunId);
        if (!run.Data.Tags.ContainsKey(SystemTags.RunName))
            tags.Remove(SystemTags.RunName);
        return tags;
    }

    private async Task LogInputsAsync(Run run, string id, CancellationToken cancellationToken)
    {
        var inputs = run.Inputs?.ModelInputs.Select(input => map.Model(input.ModelId)).OfType<string>().Select(model => new LoggedModelInput(model)).ToList() ?? [];
        if (run.Inputs is { } given && (given.DatasetInputs.Count > 0 || inputs.Count > 0))
            await to.Tracking.LogInputsAsync(id, given.DatasetInputs, inputs.Count > 0 ? inputs : null, cancellationToken);
        var outputs = run.Outputs?.ModelOutputs.Where(output => map.Model(output.ModelId) is not null).Select(output => new LoggedModelOutput(map.Model(output.ModelId)!, output.Step)).ToList() ?? [];
        if (outputs.Count > 0)
            await to.Tracking.LogOutputsAsync(id, outputs, cancellationToken);
    }

    private async Task CopyHistoryAsync(Run run, string id, string key, IReadOnlyList<LoggedModel> models, CancellationToken cancellationToken)
    {
        var points = await HistoryAsync(from, run.Info.RunId, key, cancellationToken);
        // Points of logged models say whose they are, which the history does not.
        var ofModels = models.SelectMany(model => model.Metrics.Where(metric => metric.RunId == run.Info.RunId && metric.Key == key).Select(metric => metric with { ModelId = map.Model(model.ModelId), RunId = null })).ToList();
        var owned = ofModels.Select(PlaceOf).ToHashSet();
        var all = points.Where(point => !owned.Contains(PlaceOf(point))).Select(point => new Metric(point.Key, point.Value, point.Timestamp, point.Step)).Concat(ofModels);
        foreach (var some in all.Chunk(EntityValidator.MaxMetricsPerBatch))
            await to.Tracking.LogBatchAsync(id, some, [], [], cancellationToken);
        var (expected, found) = (points.Select(PlaceOf).ToHashSet(), (await HistoryAsync(to, id, key, cancellationToken)).Select(PlaceOf).ToHashSet());
        if (!expected.SetEquals(found))
            throw Differs(run, $"the metric '{key}' has {found.Count} values of {expected.Count}");
        report.Points += points.Count;
    }

    private static Task<List<Metric>> HistoryAsync(CopyEnd end, string runId, string key, CancellationToken cancellationToken) =>
        Paged.AllAsync(token => end.Tracking.GetMetricHistoryAsync(runId, key, Paged.Size, token, cancellationToken));

    // Databases have no infinity and keep the greatest number instead, as MLflow does.
    private static (string Key, double Value, long Timestamp, long Step) PlaceOf(Metric metric) => (
        metric.Key, double.IsInfinity(metric.Value) ? Math.CopySign(double.MaxValue, metric.Value) : metric.Value, metric.Timestamp, metric.Step);

    private static void Check(Run run, Run copy, Dictionary<string, string> tags)
    {
        if (run.Data.Params.FirstOrDefault(param => copy.Data.Params.GetValueOrDefault(param.Key) != param.Value) is { Key: { } parameter })
            throw Differs(run, $"the parameter '{parameter}' is another");
        if (tags.FirstOrDefault(tag => copy.Data.Tags.GetValueOrDefault(tag.Key) != tag.Value) is { Key: { } name })
            throw Differs(run, $"the tag '{name}' is another");
        if ((copy.Info.Status, copy.Info.StartTime ?? DateTimeOffset.UnixEpoch, copy.Info.RunName) != (run.Info.Status, run.Info.StartTime ?? DateTimeOffset.UnixEpoch, run.Info.RunName))
            throw Differs(run, "status, start or name are others");
        if (run.Info.EndTime is { } end && copy.Info.EndTime != end)
            throw Differs(run, "its end is another");
        if (Datasets(run) is var expected && !expected.SetEquals(Datasets(copy)))
            throw Differs(run, $"its {expected.Count} datasets are others");
    }

    private static HashSet<Dataset> Datasets(Run run) => [.. run.Inputs?.DatasetInputs.Select(input => input.Dataset) ?? []];

    private static MlflowException Differs(Run run, string how) =>
        new($"The copy of the run {run.Info.RunId} ({run.Info.RunName}) does not read back as it was: {how}. The target may be of a version that keeps less.", ErrorCode.DataLoss);
}
