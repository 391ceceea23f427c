using MLflowSharp.Context;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore
{
    public Task LogBatchAsync(
        string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<RunTag> tags, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        var (checkedParams, checkedTags) = _validator.CheckBatch(metrics, parameters, tags);
        EntityValidator.CheckBatchLimits(metrics.Count, parameters.Count, tags.Count);
        return _database.WriteAsync(session =>
        {
            var experiment = RequireActive(session, runId);
            LogParams(session, runId, checkedParams, isBatch: metrics.Count + parameters.Count + tags.Count > 1);
            LogMetrics(session, runId, metrics);
            LogModelMetrics(session, runId, experiment, [.. metrics.Where(metric => metric.ModelId is not null)]);
            SetTags(session, runId, checkedTags);
        }, cancellationToken);
    }

    public Task DeleteTagAsync(string runId, string key, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        return _database.WriteAsync(session =>
        {
            RequireActive(session, runId);
            if (session.Execute("DELETE FROM tags WHERE run_uuid = $1 AND key = $2", runId, key) == 0)
                throw MlflowException.Missing($"No tag with name: {key} in run with id {runId}. GetRun shows the tags there are.");
        }, cancellationToken);
    }

    private static void LogParams(SqlSession session, string runId, List<Param> parameters, bool isBatch)
    {
        var inserted = session.ExecuteMany(
            "INSERT INTO params (key, value, run_uuid) VALUES ($1, $2, $3) ON CONFLICT (key, run_uuid) DO NOTHING",
            [.. parameters.Select(param => new object?[] { param.Key, param.Value, runId })]);
        if (inserted == parameters.Count)
            return;
        var changed = parameters
            .Select(param => (param, session.Text("SELECT value FROM params WHERE key = $1 AND run_uuid = $2", param.Key, runId)))
            .Where(pair => pair.Item2 != pair.param.Value)
            .ToList();
        if (changed.Count > 0)
            throw EntityValidator.ParamsChanged(runId, changed, isBatch);
    }

    // A point that is there already is left alone, and has been the newest of its metric if any is: writing it as such again changes nothing.
    private static void LogMetrics(SqlSession session, string runId, IReadOnlyList<Metric> metrics)
    {
        session.ExecuteMany(
            "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            [.. metrics.Select(metric => ToColumns(metric) is var (value, isNaN)
                ? new object?[] { metric.Key, value, metric.Timestamp, runId, metric.Step, isNaN } : [])]);
        // In order of their keys, so that two writers of a run cannot wait for each other.
        session.ExecuteMany(
            "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES ($1, $2, $3, $4, $5, $6) "
            + "ON CONFLICT (key, run_uuid) DO UPDATE SET value = excluded.value, timestamp = excluded.timestamp, step = excluded.step, is_nan = excluded.is_nan "
            + "WHERE (excluded.step, excluded.timestamp, excluded.value) > (latest_metrics.step, latest_metrics.timestamp, latest_metrics.value)",
            [.. Newest(metrics).OrderBy(metric => metric.Key, StringComparer.Ordinal).Select(metric => ToColumns(metric) is var (value, isNaN)
                ? new object?[] { metric.Key, value, metric.Timestamp, metric.Step, isNaN, runId } : [])]);
    }

    /// <summary>Of each metric the point with the highest step, then time, then value.</summary>
    private static Dictionary<string, Metric>.ValueCollection Newest(IReadOnlyList<Metric> metrics)
    {
        var newest = new Dictionary<string, Metric>();
        foreach (var metric in metrics)
        {
            if (!newest.TryGetValue(metric.Key, out var other)
                || (metric.Step, metric.Timestamp, ToColumns(metric).Value).CompareTo((other.Step, other.Timestamp, ToColumns(other).Value)) > 0)
            {
                newest[metric.Key] = metric;
            }
        }

        return newest.Values;
    }

    // Of a value that is not a number MLflow keeps 0 here: the table has no column for it.
    private void LogModelMetrics(SqlSession session, string runId, long experiment, IReadOnlyList<Metric> metrics)
    {
        if (metrics.Count == 0)
            return;
        RequireLoggedModels();
        foreach (var metric in metrics.DistinctBy(metric => metric.ModelId))
        {
            if (!session.Any("SELECT 1 FROM logged_models WHERE model_id = $1", metric.ModelId))
                throw MlflowException.Missing($"Logged model with ID '{metric.ModelId}' of the metric '{metric.Key}' not found. SearchLoggedModels lists the models there are.");
        }

        session.ExecuteMany(
            "INSERT INTO logged_model_metrics (model_id, metric_name, metric_timestamp_ms, metric_step, metric_value, experiment_id, run_id, dataset_name, dataset_digest) "
            + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
            [.. metrics.Select(metric => new object?[]
            {
                metric.ModelId, metric.Key, metric.Timestamp, metric.Step, ToColumns(metric).Value, experiment, runId, metric.DatasetName, metric.DatasetDigest,
            })]);
    }

    // The column cannot hold infinities in every database MLflow supports, so it stores the largest finite numbers.
    private static (double Value, bool IsNaN) ToColumns(Metric metric) =>
        double.IsNaN(metric.Value) ? (0, true) : (Math.Clamp(metric.Value, double.MinValue, double.MaxValue), false);

    private static void SetTags(SqlSession session, string runId, IReadOnlyList<RunTag> tags)
    {
        InsertTags(session, runId, tags);
        if (tags.LastOrDefault(tag => tag.Key == SystemTags.RunName) is { } name)
            session.Execute("UPDATE runs SET name = $1 WHERE run_uuid = $2", name.Value, runId);
    }

    private static void InsertTags(SqlSession session, string runId, IReadOnlyList<RunTag> tags) => session.ExecuteMany(
        "INSERT INTO tags (key, value, run_uuid) VALUES ($1, $2, $3) ON CONFLICT (key, run_uuid) DO UPDATE SET value = excluded.value",
        [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new object?[] { tag.Key, tag.Value, runId })]);
}
