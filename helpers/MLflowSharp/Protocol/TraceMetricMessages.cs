using MLflowSharp.Traces;

namespace MLflowSharp.Protocol;

/// <summary>POST traces/metrics.</summary>
internal sealed record TraceMetricsRequest
{
    public IReadOnlyList<string>? ExperimentIds { get; set; }

    public string? ViewType { get; set; }

    public string? MetricName { get; set; }

    public IReadOnlyList<TraceAggregationMessage>? Aggregations { get; set; }

    public IReadOnlyList<string>? Dimensions { get; set; }

    public IReadOnlyList<string>? Filters { get; set; }

    public long? TimeIntervalSeconds { get; set; }

    public long? StartTimeMs { get; set; }

    public long? EndTimeMs { get; set; }

    public int? MaxResults { get; set; }

    public string? PageToken { get; set; }
}

/// <summary>How values become one.</summary>
internal sealed record TraceAggregationMessage
{
    public string? AggregationType { get; set; }

    public double? PercentileValue { get; set; }
}

/// <summary>Answer of traces/metrics.</summary>
internal sealed record TraceMetricsResponse
{
    public IReadOnlyList<TraceMetricPointMessage>? DataPoints { get; set; }
}

/// <summary>One value of each aggregation.</summary>
internal sealed record TraceMetricPointMessage
{
    public string? MetricName { get; set; }

    public Dictionary<string, string>? Dimensions { get; set; }

    public Dictionary<string, double>? Values { get; set; }

    public static TraceMetricPointMessage From(string metric, TraceMetricPoint point) =>
        new() { MetricName = metric, Dimensions = point.Dimensions.Count == 0 ? null : new(point.Dimensions), Values = new(point.Values) };
}
