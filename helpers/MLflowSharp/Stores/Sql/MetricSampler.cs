namespace MLflowSharp.Stores.Sql;

/// <summary>
/// Takes the points of a metric that a chart gets. A long history is not read from one end to the other where an index lies in order of its steps: the
/// database counts the points of stretches of it, which the index alone tells, and then looks up each wanted point from where its stretch begins.
/// </summary>
internal sealed class MetricSampler
{
    /// <summary>In MLflow's databases since 3.11: of the run, the metric and the step.</summary>
    private const string Index = "index_metrics_run_uuid_key_step";

    private const string Where = "FROM metrics WHERE run_uuid = $1 AND key = $2 AND step >= $3 AND step <= $4";
    private const string InOrder = "ORDER BY step, timestamp, value, is_nan";

    /// <summary>Fewer points than this are read at once.</summary>
    private const long Long = 20_000;

    private const int Stretches = 500;

    private readonly SqlSession _session;
    private readonly string _runId;
    private readonly string _key;

    /// <param name="session">The database.</param>
    /// <param name="runId">The run.</param>
    /// <param name="key">The metric.</param>
    public MetricSampler(SqlSession session, string runId, string key) => (_session, _runId, _key) = (session, runId, key);

    /// <summary>Takes the points of a range of steps, as many as there may be.</summary>
    public List<Metric> Sample(int maxResults, long startStep, long endStep)
    {
        var count = _session.Number($"SELECT count(*) FROM (SELECT 1 {Where} LIMIT $5) AS points", _runId, _key, startStep, endStep, Long)!.Value;
        if (count < Long)
            return ReadAll(count, maxResults, startStep, endStep);
        if (!_session.Any(_session.Dialect.IndexQuery, Index))
            return ReadAll(Count(startStep, endStep), maxResults, startStep, endStep);

        var first = _session.Number($"SELECT step {Where} ORDER BY step LIMIT 1", _runId, _key, startStep, endStep)!.Value;
        var last = _session.Number($"SELECT step {Where} ORDER BY step DESC LIMIT 1", _runId, _key, startStep, endStep)!.Value;
        var stretches = Divide(first, last);
        count = stretches[^1].Before + stretches[^1].Count;
        var wanted = MetricSample.Indices(count, maxResults);
        var places = wanted.Select(index => Place(stretches, index)).ToList();
        // Where points crowd on few steps, passing over them one by one takes longer than reading all.
        if (places.Sum(place => place.PassedOver) > count / 10)
            return ReadAll(count, maxResults, startStep, endStep);
        return [.. places.SelectMany(place => _session.QueryMany(
            $"SELECT value, timestamp, step, is_nan {Where} {InOrder} LIMIT 1 OFFSET $5", Point, _runId, _key, place.Step, endStep, place.PassedOver))];
    }

    private List<Metric> ReadAll(long count, int maxResults, long startStep, long endStep)
    {
        var wanted = new Queue<long>(MetricSample.Indices(count, maxResults));
        var (sampled, index) = (new List<Metric>(wanted.Count), 0L);
        _session.ForEachRow(
            $"SELECT value, timestamp, step, is_nan {Where} {InOrder}",
            row =>
            {
                if (wanted.TryPeek(out var next) && next == index++)
                {
                    wanted.Dequeue();
                    sampled.Add(Point(row));
                }
            },
            _runId, _key, startStep, endStep);
        return sampled;
    }

    /// <summary>Stretches of as many steps each, with how many points they have and how many are before them.</summary>
    private List<(long Step, long Last, long Before, long Count)> Divide(long first, long last)
    {
        var (stretches, before) = (new List<(long Step, long Last, long Before, long Count)>(), 0L);
        // Steps may be of any size, and so their difference is too large for a number like them.
        var steps = (Int128)last - first + 1;
        var parts = (int)Int128.Min(Stretches, steps);
        for (var part = 0; part < parts; part++)
        {
            var (from, to) = ((long)(first + (steps * part / parts)), (long)(first + (steps * (part + 1) / parts) - 1));
            var count = Count(from, to);
            stretches.Add((from, to, before, count));
            before += count;
        }

        return stretches;
    }

    /// <summary>A step from which a point is found by passing over some. In a stretch without gaps and repetitions, none.</summary>
    private (long Step, long PassedOver) Place(List<(long Step, long Last, long Before, long Count)> stretches, long index)
    {
        var stretch = stretches.FindLast(each => each.Before <= index && each.Count > 0);
        var inside = index - stretch.Before;
        if (inside == 0)
            return (stretch.Step, 0);
        var steps = (Int128)stretch.Last - stretch.Step + 1;
        var guess = (long)(stretch.Step + (steps * inside / stretch.Count));
        var before = guess == stretch.Step ? 0 : Count(stretch.Step, guess - 1);
        return before <= inside ? (guess, inside - before) : (stretch.Step, inside);
    }

    private long Count(long from, long to) => _session.Number($"SELECT count(*) {Where}", _runId, _key, from, to)!.Value;

    private Metric Point(SqlRow row) => new(_key, row.Truth(3) ? double.NaN : row.Real(0), row.Whole(1), row.Whole(2)) { RunId = _runId };
}
