namespace MLflowSharp.Search;

internal enum SearchEntity
{
    Attribute,
    Metric,
    Parameter,
    Tag,
    Dataset,
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
internal sealed record SearchOrder(SearchEntity Entity, string Key, bool Ascending);
