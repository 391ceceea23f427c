namespace MLflowSharp.Traces;

/// <summary>What is asked of many traces, spans or judgements at once (https://mlflow.org/docs/latest/genai/tracing/).</summary>
/// <param name="ExperimentIds">Whose.</param>
/// <param name="View">TRACES, SPANS or ASSESSMENTS.</param>
/// <param name="Metric">What is counted or measured, such as <c>trace_count</c> and <c>latency</c>.</param>
/// <param name="Aggregations">How the values become one.</param>
internal sealed record TraceMetricQuery(IReadOnlyList<string> ExperimentIds, string View, string Metric, IReadOnlyList<TraceAggregation> Aggregations)
{
    /// <summary>By what the values are told apart.</summary>
    public IReadOnlyList<string> Dimensions { get; init; } = [];

    /// <summary>Comparisons such as <c>trace.status = 'OK'</c>, all of which have to hold.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>Width of the intervals of time that values are told apart by; null for none.</summary>
    public long? IntervalSeconds { get; init; }

    /// <summary>First time, milliseconds since 1970; null for any.</summary>
    public long? From { get; init; }

    /// <summary>Last time, milliseconds since 1970; null for any.</summary>
    public long? To { get; init; }

    /// <summary>How many points are given at most.</summary>
    public int MaxResults { get; init; } = 1000;
}

/// <summary>How values become one.</summary>
/// <param name="Kind">COUNT, SUM, AVG, MIN, MAX or PERCENTILE.</param>
/// <param name="Percentile">From 0 to 100, for PERCENTILE.</param>
internal sealed record TraceAggregation(string Kind, double? Percentile = null);

/// <summary>One answer.</summary>
/// <param name="Dimensions">The values that tell it from the others; an interval of time is called <c>time_bucket</c>.</param>
/// <param name="Values">A value for each aggregation, by its name, such as <c>AVG</c> and <c>P99.0</c>.</param>
internal sealed record TraceMetricPoint(IReadOnlyDictionary<string, string> Dimensions, IReadOnlyDictionary<string, double> Values);
