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
            foreach (var param in checkedParams)
                LogParam(session, runId, param);
            foreach (var metric in metrics)
                LogMetric(session, runId, metric);
            foreach (var metric in metrics.Where(metric => metric.ModelId is not null))
                LogModelMetric(session, runId, experiment, metric);
            foreach (var tag in checkedTags)
                SetTag(session, runId, tag);
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

    private static void LogParam(SqlSession session, string runId, Param param)
    {
        if (session.Execute("INSERT INTO params (key, value, run_uuid) VALUES ($1, $2, $3) ON CONFLICT (key, run_uuid) DO NOTHING", param.Key, param.Value, runId) == 1)
            return;
        var logged = session.Text("SELECT value FROM params WHERE key = $1 AND run_uuid = $2", param.Key, runId);
        if (logged != param.Value)
        {
            throw MlflowException.Invalid(
                $"Changing param values is not allowed. Param with key='{param.Key}' was already logged with value='{logged}' for run ID='{runId}'. "
                + $"Attempted logging new value '{param.Value}'. Log it under another name, or start a new (or nested) run.");
        }
    }

    private static void LogMetric(SqlSession session, string runId, Metric metric)
    {
        var (value, isNaN) = ToColumns(metric.Value);
        var inserted = session.Execute(
            "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            metric.Key, value, metric.Timestamp, runId, metric.Step, isNaN);
        if (inserted == 0)
            return;
        session.Execute(
            "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES ($1, $2, $3, $4, $5, $6) "
            + "ON CONFLICT (key, run_uuid) DO UPDATE SET value = excluded.value, timestamp = excluded.timestamp, step = excluded.step, is_nan = excluded.is_nan "
            + "WHERE (excluded.step, excluded.timestamp, excluded.value) > (latest_metrics.step, latest_metrics.timestamp, latest_metrics.value)",
            metric.Key, value, metric.Timestamp, metric.Step, isNaN, runId);
    }

    // Of a value that is not a number MLflow keeps 0 here: the table has no column for it.
    private void LogModelMetric(SqlSession session, string runId, long experiment, Metric metric)
    {
        _database.Columns.Require("logged_models", "Logged models and their metrics", "3.0");
        if (!session.Any("SELECT 1 FROM logged_models WHERE model_id = $1", metric.ModelId))
            throw MlflowException.Missing($"Logged model with ID '{metric.ModelId}' of the metric '{metric.Key}' not found. SearchLoggedModels lists the models there are.");
        session.Execute(
            "INSERT INTO logged_model_metrics (model_id, metric_name, metric_timestamp_ms, metric_step, metric_value, experiment_id, run_id, dataset_name, dataset_digest) "
            + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
            metric.ModelId, metric.Key, metric.Timestamp, metric.Step, ToColumns(metric.Value).Value, experiment, runId, metric.DatasetName, metric.DatasetDigest);
    }

    // The column cannot hold infinities in every database MLflow supports, so it stores the largest finite numbers.
    private static (double Value, bool IsNaN) ToColumns(double value) =>
        double.IsNaN(value) ? (0, true) : (Math.Clamp(value, double.MinValue, double.MaxValue), false);

    private static void SetTag(SqlSession session, string runId, RunTag tag)
    {
        session.Execute(
            "INSERT INTO tags (key, value, run_uuid) VALUES ($1, $2, $3) ON CONFLICT (key, run_uuid) DO UPDATE SET value = excluded.value", tag.Key, tag.Value, runId);
        if (tag.Key == SystemTags.RunName)
            session.Execute("UPDATE runs SET name = $1 WHERE run_uuid = $2", tag.Value, runId);
    }
}
