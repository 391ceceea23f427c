namespace MLflowSharp.Search;

internal enum SearchEntity
{
    Attribute,
    Metric,
    Parameter,
    Tag,
    Dataset,

    /// <summary>What is known of a trace and cannot be changed.</summary>
    Metadata,

    /// <summary>A step of a trace.</summary>
    Span,

    /// <summary>What somebody thinks of a trace; the key begins with its kind, as in <c>feedback.good</c>.</summary>
    Assessment,

    /// <summary>What a trace belongs to.</summary>
    Link,
}

/// <summary>One comparison of a filter.</summary>
/// <param name="Entity">What is compared.</param>
/// <param name="Key">Its name, aliases resolved.</param>
/// <param name="Comparator">Upper-case comparator, one space between its words.</param>
/// <param name="Value">A string, a double, a list of strings, or null for IS NULL and IS NOT NULL.</param>
internal sealed record SearchClause(SearchEntity Entity, string Key, string Comparator, object? Value);

/// <summary>One key of an order-by list.</summary>
/// <param name="Entity">What is sorted by.</param>
/// <param name="Key">Its name, aliases resolved.</param>
/// <param name="Ascending">Direction.</param>
internal sealed record SearchOrder(SearchEntity Entity, string Key, bool Ascending)
{
    /// <summary>Of a logged model's metric: only values measured on the dataset of this name; null for all.</summary>
    public string? DatasetName { get; init; }

    /// <summary>Of a logged model's metric: only values measured on the dataset of this digest; null for all.</summary>
    public string? DatasetDigest { get; init; }
}
