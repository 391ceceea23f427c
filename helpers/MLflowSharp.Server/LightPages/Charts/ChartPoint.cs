namespace MLflowSharp.Server.LightPages.Charts;

/// <summary>One point of a metric.</summary>
/// <param name="Step">Position in the training.</param>
/// <param name="Timestamp">When it was measured: milliseconds since 1970-01-01 UTC.</param>
/// <param name="Value">What was measured.</param>
internal readonly record struct ChartPoint(long Step, long Timestamp, double Value);
