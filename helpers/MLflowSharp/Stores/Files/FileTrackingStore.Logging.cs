using System.Buffers;
using MLflowSharp.Context;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Files;

internal sealed partial class FileTrackingStore
{
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \r\n\t\v\f\u001c\u001d\u001e\u0085\u2028\u2029");

    public Task LogBatchAsync(
        string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<RunTag> tags, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        var (checkedParams, checkedTags) = _validator.CheckBatch(metrics, parameters, tags);
        EntityValidator.CheckBatchLimits(metrics.Count, parameters.Count, tags.Count);
        return _root.RunAsync(() =>
        {
            var folder = RequireActive(runId);
            var isBatch = metrics.Count + parameters.Count + tags.Count > 1;
            var metricLines = LinesOf(runId, folder, metrics);
            var newParams = CheckParams(runId, folder, checkedParams, isBatch);
            foreach (var tag in checkedTags)
                KeyFiles.Check(Path.Combine(folder, "tags"), tag.Key);
            AddParams(runId, folder, newParams, isBatch);
            foreach (var (path, lines) in metricLines)
                _metricFiles.Append(path, folder, lines);
            SetTags(runId, folder, checkedTags);
        }, cancellationToken);
    }

    public Task DeleteTagAsync(string runId, string key, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        return _root.RunAsync(() =>
        {
            var folder = RequireActive(runId);
            if (KeyFiles.TryPathOf(Path.Combine(folder, "tags"), key) is not { } path || !StoreFile.TryDelete(path))
                throw MlflowException.Missing($"No tag with name: {key} in run with id {runId}. GetRun shows the tags there are.");
        }, cancellationToken);
    }

    /// <summary>What has to be added to which file.</summary>
    private Dictionary<string, List<(long Time, string Line)>> LinesOf(string runId, string folder, IReadOnlyList<Metric> metrics)
    {
        var lines = new Dictionary<string, List<(long, string)>>(StringComparer.Ordinal);
        foreach (var metric in metrics)
        {
            CheckDataset(metric);
            Add(Path.Combine(folder, "metrics"), metric, MetricLine.Write(metric, runId: null));
            if (metric.ModelId is { } modelId)
                Add(Path.Combine(FindModelFolder(modelId, metric.Key), "metrics"), metric, MetricLine.Write(metric, runId));
        }

        return lines;

        void Add(string metricFolder, Metric metric, string line)
        {
            var path = KeyFiles.PathOf(metricFolder, metric.Key);
            if (!lines.TryGetValue(path, out var ofFile))
            {
                if (!_metricFiles.IsOpen(path))
                {
                    KeyFiles.Check(metricFolder, metric.Key);
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                }

                lines[path] = ofFile = [];
            }

            ofFile.Add((metric.Timestamp, line));
        }
    }

    /// <summary>The lines of a metric file are cut at spaces: MLflow writes any name there, and then cannot read the run any more.</summary>
    private static void CheckDataset(Metric metric)
    {
        if (metric is { DatasetName: { } name, DatasetDigest: { } digest } && (name + digest).AsSpan().ContainsAny(Blanks))
        {
            throw MlflowException.Invalid(
                $"The metric '{metric.Key}' cannot be logged with the dataset '{name}' ({digest}): a file store cannot keep names of datasets with spaces or line ends in metrics. "
                + "Rename the dataset, or log the metric without it.");
        }
    }

    /// <summary>Refuses new values for parameters that are there.</summary>
    /// <returns>The parameters that are not.</returns>
    private static List<Param> CheckParams(string runId, string folder, List<Param> parameters, bool isBatch = false)
    {
        var paramFolder = Path.Combine(folder, "params");
        var missing = new List<Param>();
        var changed = new List<(Param, string?)>();
        foreach (var param in parameters)
        {
            KeyFiles.Check(paramFolder, param.Key);
            if (StoreFile.ReadText(KeyFiles.PathOf(paramFolder, param.Key)) is not { } logged)
                missing.Add(param);
            else if (logged != param.Value)
                changed.Add((param, logged));
        }

        return changed.Count == 0 ? missing : throw EntityValidator.ParamsChanged(runId, changed, isBatch);
    }

    private static void AddParams(string runId, string folder, List<Param> parameters, bool isBatch = false)
    {
        var added = new List<string>();
        foreach (var param in parameters)
        {
            var path = KeyFiles.PathOf(Path.Combine(folder, "params"), param.Key);
            if (StoreFile.TryCreate(path, param.Value, folder))
            {
                added.Add(path);
            }
            else if (StoreFile.ReadText(path) is { } logged && logged != param.Value)
            {
                // Somebody was faster: of this call nothing stays.
                added.ForEach(File.Delete);
                throw EntityValidator.ParamsChanged(runId, [(param, logged)], isBatch);
            }
        }
    }

    private void SetTags(string runId, string folder, List<RunTag> tags)
    {
        foreach (var tag in tags)
            StoreFile.Write(KeyFiles.PathOf(Path.Combine(folder, "tags"), tag.Key), tag.Value, folder);
        if (tags.FindLast(tag => tag.Key == SystemTags.RunName) is { } name)
            _root.Locked(() => ChangeRun(RequireActive(runId), meta => meta["run_name"] = name.Value));
    }
}
