namespace MLflowSharp.SystemMetrics;

/// <summary>One value of one sample.</summary>
/// <param name="Key">MLflow's key without <c>system/</c>.</param>
/// <param name="Value">The value.</param>
/// <param name="IsTotal">Whether it counts up from the start: of several samples the last is logged as it is, not their mean.</param>
internal readonly record struct Reading(string Key, double Value, bool IsTotal = false);
