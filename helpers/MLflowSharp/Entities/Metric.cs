namespace MLflowSharp;

/// <summary>One point of a metric.</summary>
/// <param name="Key">Name, up to 250 characters: letters, digits, <c>_ - . / :</c> and spaces.</param>
/// <param name="Value">Value. NaN is kept; database stores keep ±infinity as ±1.7976931348623157e308, as MLflow does.</param>
/// <param name="Timestamp">When it was measured: milliseconds since 1970-01-01 UTC, not negative.</param>
/// <param name="Step">Position in the training (for instance the epoch); may be negative.</param>
public sealed record Metric(string Key, double Value, long Timestamp, long Step = 0)
{
    /// <summary>The logged model that was measured; null when the metric is only the run's.</summary>
    public string? ModelId { get; init; }

    /// <summary>Name of the dataset it was measured on; null when not said.</summary>
    public string? DatasetName { get; init; }

    /// <summary>Digest of the dataset it was measured on; null when not said.</summary>
    public string? DatasetDigest { get; init; }

    /// <summary>The run it belongs to, where that is not clear already: in the metrics of a logged model and in histories of several runs.</summary>
    public string? RunId { get; init; }
}
