using System.Globalization;
using MLflowSharp.Search;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Files;

internal sealed partial class FileTrackingStore
{
    public Task<PagedList<Metric>> GetMetricHistoryAsync(
        string runId, string key, int? maxResults, string? pageToken, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        EntityValidator.CheckMaxResults(maxResults);
        var offset = PageToken.Offset(pageToken);
        return _root.RunAsync(() =>
        {
            var points = ReadHistory(FindRun(runId).Folder, key);
            return PageToken.Page(offset == 0 ? points : points.Skip((int)Math.Min(offset, points.Count)).ToList(), offset, maxResults);
        }, cancellationToken);
    }

    public Task<IReadOnlyList<Metric>> GetMetricHistoryBulkAsync(
        IReadOnlyList<string> runIds, string key, int maxResults, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunIds(runIds);
        EntityValidator.CheckMaxResults(maxResults);
        return _root.RunAsync<IReadOnlyList<Metric>>(() =>
        [
            .. runIds.Distinct().Order(StringComparer.Ordinal).Select(TryFindRun).OfType<FileRun>()
                .SelectMany(run => ReadHistory(run.Folder, key).Select(point => point with { RunId = run.Info.RunId })).Take(maxResults),
        ], cancellationToken);
    }

    public Task<IReadOnlyList<Metric>> GetMetricHistoryIntervalAsync(
        IReadOnlyList<string> runIds, string key, int maxResults, long? startStep = null, long? endStep = null, CancellationToken cancellationToken = default)
    {
        MetricSample.Check(runIds, maxResults, startStep, endStep);
        return _root.RunAsync<IReadOnlyList<Metric>>(() =>
        {
            var sampled = new List<Metric>();
            foreach (var run in runIds.Select(TryFindRun).OfType<FileRun>())
            {
                var points = ReadHistory(run.Folder, key).Where(point => point.Step >= (startStep ?? long.MinValue) && point.Step <= (endStep ?? long.MaxValue))
                    .OrderBy(point => point.Step).ThenBy(point => point.Timestamp).ThenBy(point => double.IsNaN(point.Value) ? 0 : point.Value).ToList();
                sampled.AddRange(MetricSample.Indices(points.Count, maxResults).Select(i => points[(int)i] with { RunId = run.Info.RunId }));
            }

            return sampled;
        }, cancellationToken);
    }

    /// <summary>The point of a metric with the highest step, then the latest time, then the largest value; null when the file has none.</summary>
    internal Metric? ReadLatest(string path, string key)
    {
        if (StoreFile.ReadBytes(path) is not { } content)
            return null;
        Metric? latest = null;
        var damaged = 0;
        MetricLine.ForEach(content, line =>
        {
            if (MetricLine.Read(line, key, MetricLine.Owner.Run) is not { } point)
                damaged++;
            else if (latest is null || IsLater(point, latest))
                latest = point;
        });
        WarnOf(damaged, path);
        return latest;
    }

    // As Python compares: a value that is not a number neither replaces another nor is replaced.
    private static bool IsLater(Metric point, Metric latest) =>
        (point.Step, point.Timestamp).CompareTo((latest.Step, latest.Timestamp)) is var order && (order > 0 || (order == 0 && point.Value > latest.Value));

    private List<Metric> ReadHistory(string runFolder, string key)
    {
        var points = new List<Metric>();
        if (KeyFiles.TryPathOf(Path.Combine(runFolder, "metrics"), key) is not { } path || StoreFile.ReadBytes(path) is not { } content)
            return points;
        var (damaged, sorted) = (0, true);
        MetricLine.ForEach(content, line =>
        {
            if (MetricLine.Read(line, key, MetricLine.Owner.Run) is { } point)
            {
                sorted = sorted && (points.Count == 0 || Compare(points[^1], point) <= 0);
                points.Add(point);
            }
            else
            {
                damaged++;
            }
        });
        WarnOf(damaged, path);
        return sorted ? points : [.. points.Order(Comparer<Metric>.Create(Compare))];

        static int Compare(Metric left, Metric right) =>
            (left.Timestamp, left.Step, left.Value).CompareTo((right.Timestamp, right.Step, right.Value));
    }

    private FileRun? TryFindRun(string runId)
    {
        try
        {
            return FindRun(runId);
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.ResourceDoesNotExist)
        {
            return null;
        }
    }

    private void WarnOf(int damaged, string path)
    {
        if (damaged > 0)
            _root.Warn(string.Create(CultureInfo.InvariantCulture, $"Left out: {damaged} damaged line(s) of '{path}'. A metric's line is: timestamp value step."));
    }
}
