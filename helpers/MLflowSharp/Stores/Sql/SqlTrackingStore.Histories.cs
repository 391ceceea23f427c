using MLflowSharp.Search;
using MLflowSharp.Validation;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore
{
    public Task<PagedList<Metric>> GetMetricHistoryAsync(
        string runId, string key, int? maxResults, string? pageToken, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunId(runId);
        EntityValidator.CheckMaxResults(maxResults);
        var offset = PageToken.Offset(pageToken);
        return _database.ReadAsync(session =>
        {
            if (!session.Any("SELECT 1 FROM runs WHERE run_uuid = $1", runId))
                throw RunReader.NotFound(runId);
            if (maxResults is null && offset == 0)
                return new PagedList<Metric>(ReadWhole(session, runId, key), null);
            return PageToken.Page(
                session.QueryMany(
                    "SELECT value, timestamp, step, is_nan FROM metrics WHERE run_uuid = $1 AND key = $2 ORDER BY timestamp, step, value LIMIT $3 OFFSET $4",
                    row => ToPoint(row, key), runId, key, maxResults is { } size ? size + 1L : long.MaxValue, offset),
                offset, maxResults);
        }, cancellationToken);
    }

    public Task<IReadOnlyList<Metric>> GetMetricHistoryBulkAsync(
        IReadOnlyList<string> runIds, string key, int maxResults, CancellationToken cancellationToken = default)
    {
        EntityValidator.CheckRunIds(runIds);
        EntityValidator.CheckMaxResults(maxResults);
        var ids = _database.Dialect.TextList([.. runIds]);
        return _database.ReadAsync<IReadOnlyList<Metric>>(
            session => session.QueryMany(
                $"SELECT value, timestamp, step, is_nan, run_uuid FROM metrics WHERE key = $1 AND {session.Dialect.In("run_uuid", "$2")} "
                + "ORDER BY run_uuid, timestamp, step, value LIMIT $3",
                row => ToPoint(row, key, row.Text(4)), key, ids, (long)maxResults),
            cancellationToken);
    }

    public Task<IReadOnlyList<Metric>> GetMetricHistoryIntervalAsync(
        IReadOnlyList<string> runIds, string key, int maxResults, long? startStep = null, long? endStep = null, CancellationToken cancellationToken = default)
    {
        MetricSample.Check(runIds, maxResults, startStep, endStep);
        return _database.ReadAsync<IReadOnlyList<Metric>>(session =>
        {
            var sampled = new List<Metric>();
            foreach (var runId in runIds)
                sampled.AddRange(new MetricSampler(session, runId, key).Sample(maxResults, startStep ?? long.MinValue, endStep ?? long.MaxValue));
            return sampled;
        }, cancellationToken);
    }

    // Points mostly lie in order of step, and time passes with the steps: the database need not sort them.
    private static List<Metric> ReadWhole(SqlSession session, string runId, string key)
    {
        var points = session.QueryMany(
            "SELECT value, timestamp, step, is_nan FROM metrics WHERE run_uuid = $1 AND key = $2 ORDER BY step", row => ToPoint(row, key), runId, key);
        for (var i = 1; i < points.Count; i++)
        {
            if (InOrder(points[i - 1], points[i]) > 0)
            {
                points.Sort(InOrder);
                break;
            }
        }

        return points;
    }

    // What is not a number is stored as 0, and stands after it.
    private static int InOrder(Metric one, Metric other) =>
        (one.Timestamp, one.Step, ToColumns(one)).CompareTo((other.Timestamp, other.Step, ToColumns(other)));

    /// <summary>A point as stored: <c>value, timestamp, step, is_nan</c>.</summary>
    private static Metric ToPoint(SqlRow row, string key, string? runId = null) =>
        new(key, row.Truth(3) ? double.NaN : row.Real(0), row.Whole(1), row.Whole(2)) { RunId = runId };
}
