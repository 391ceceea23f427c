namespace MLflowSharp;

/// <summary>One key that logged models are sorted by.</summary>
/// <param name="FieldName">An attribute such as <c>creation_timestamp</c> or <c>name</c>, or a metric such as <c>metrics.accuracy</c>.</param>
/// <param name="Ascending">Direction.</param>
public sealed record LoggedModelOrderBy(string FieldName, bool Ascending = true)
{
    /// <summary>For a metric: only values measured on the dataset of this name.</summary>
    public string? DatasetName { get; init; }

    /// <summary>For a metric: only values measured on the dataset of this name and digest.</summary>
    public string? DatasetDigest { get; init; }
}
