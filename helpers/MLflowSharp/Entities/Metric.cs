namespace MLflowSharp;

/// <summary>One point of a metric.</summary>
/// <param name="Key">Name, up to 250 characters: letters, digits, <c>_ - . / :</c> and spaces.</param>
/// <param name="Value">Value. NaN is kept; database stores keep ±infinity as ±1.7976931348623157e308, as MLflow does.</param>
/// <param name="Timestamp">When it was measured: milliseconds since 1970-01-01 UTC, not negative.</param>
/// <param name="Step">Position in the training (for instance the epoch); may be negative.</param>
public sealed record Metric(string Key, double Value, long Timestamp, long Step = 0);
