using System.Globalization;
using MLflowSharp.Traces;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore
{
    private const string TimeBucket = "time_bucket";

    public Task<IReadOnlyList<TraceMetricPoint>> QueryTraceMetricsAsync(TraceMetricQuery query, CancellationToken cancellationToken)
    {
        var column = TraceMetricRules.Check(query);
        var search = new SqlSearch(_database.Dialect);
        var hasPercentiles = query.Aggregations.Any(aggregation => aggregation.Kind == "PERCENTILE");
        var dimensions = query.Dimensions.Select(TraceMetricRules.ColumnOf).ToList();
        foreach (var dimension in dimensions)
            search.Require($"{dimension} IS NOT NULL");
        var groups = Bucket(query) is { } bucket ? [bucket, .. dimensions] : dimensions;
        search.FilterTraceMetrics(query, column);
        // Percentiles are of all values, which have to be read for them; databases give sums by themselves.
        var values = hasPercentiles ? [column] : query.Aggregations.Select(aggregation => $"{aggregation.Kind}({column})");
        var sql = $"SELECT {string.Join(", ", groups.Concat(values))} FROM {FromOf(query)} WHERE {search.Where}"
            + (groups.Count == 0 ? "" : hasPercentiles ? $" ORDER BY {Numbers(groups.Count)}" : $" GROUP BY {Numbers(groups.Count)} ORDER BY {Numbers(groups.Count)}")
            + (hasPercentiles ? "" : $" LIMIT {search.Add((long)query.MaxResults)}");
        return _database.ReadAsync<IReadOnlyList<TraceMetricPoint>>(session =>
        {
            if (!HasTraces(session))
                return [];
            var rows = session.QueryBuilt(sql, row => Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? null : row.GetValue(i)).ToArray(), search.Values);
            return [.. (hasPercentiles ? Gather(query, rows, groups.Count) : rows.Select(row => (Group: row[..groups.Count], Values: row[groups.Count..].Select(ToNumber).ToArray())))
                .Where(point => point.Values.Any(value => value is not null))
                .Take(query.MaxResults)
                .Select(point => ToPoint(query, point.Group, point.Values))];
        }, cancellationToken);
    }

    private static string Numbers(int count) => string.Join(", ", Enumerable.Range(1, count));

    private static string FromOf(TraceMetricQuery query) => query.View switch
    {
        "SPANS" => "trace_info t JOIN spans s ON s.trace_id = t.request_id",
        "ASSESSMENTS" => "trace_info t JOIN assessments a ON a.trace_id = t.request_id",
        _ => "trace_info t",
    };

    /// <summary>The beginning of the interval that a value belongs to, as a whole number of milliseconds.</summary>
    private static string? Bucket(TraceMetricQuery query)
    {
        if (query.IntervalSeconds is not { } seconds)
            return null;
        var time = query.View == "SPANS" ? "(s.start_time_unix_nano / 1000000)" : "t.timestamp_ms";
        var width = seconds * 1000;
        // Times before 1970 are rounded down, too.
        return string.Create(CultureInfo.InvariantCulture, $"(({time} - (({time} % {width}) + {width}) % {width}))");
    }

    private static IEnumerable<(object?[] Group, double?[] Values)> Gather(TraceMetricQuery query, List<object?[]> rows, int groups)
    {
        // The rows of a group follow each other.
        for (var first = 0; first < rows.Count;)
        {
            var group = rows[first][..groups];
            var last = first;
            while (last < rows.Count && rows[last].AsSpan(0, groups).SequenceEqual(group))
                last++;
            var values = rows[first..last].Select(row => ToNumber(row[groups])).OfType<double>().Order().ToArray();
            yield return (group, [.. query.Aggregations.Select(aggregation => Aggregate(aggregation, values))]);
            first = last;
        }
    }

    private static double? Aggregate(TraceAggregation aggregation, double[] sorted)
    {
        if (sorted.Length == 0)
            return null;
        switch (aggregation.Kind)
        {
            case "COUNT":
                return sorted.Length;
            case "SUM":
                return sorted.Sum();
            case "AVG":
                return sorted.Average();
            case "MIN":
                return sorted[0];
            case "MAX":
                return sorted[^1];
            default:
                // Between two values in proportion.
                var place = aggregation.Percentile!.Value / 100 * (sorted.Length - 1);
                var below = (int)place;
                return below + 1 == sorted.Length ? sorted[below] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
        }
    }

    private static double? ToNumber(object? value) => value is null ? null : Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static TraceMetricPoint ToPoint(TraceMetricQuery query, object?[] group, double?[] values)
    {
        string[] names = query.IntervalSeconds is null ? [.. query.Dimensions] : [TimeBucket, .. query.Dimensions];
        var dimensions = names.Zip(group).ToDictionary(
            pair => pair.First,
            pair => pair.First == TimeBucket
                ? DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(pair.Second, CultureInfo.InvariantCulture)).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture)
                : Convert.ToString(pair.Second, CultureInfo.InvariantCulture)!,
            StringComparer.Ordinal);
        return new(dimensions, query.Aggregations.Zip(values).Where(pair => pair.Second is not null).DistinctBy(pair => NameOf(pair.First)).ToDictionary(pair => NameOf(pair.First), pair => pair.Second!.Value, StringComparer.Ordinal));
    }

    private static string NameOf(TraceAggregation aggregation) => aggregation.Percentile is { } percentile && aggregation.Kind == "PERCENTILE" ? $"P{Values.PythonText.Of(percentile)}" : aggregation.Kind;
}
