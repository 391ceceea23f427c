namespace MLflowSharp.Search;

/// <summary>What values an attribute is compared with.</summary>
internal enum SearchValueKind
{
    /// <summary>Quoted text.</summary>
    Text,

    /// <summary>A number without quotes.</summary>
    Number,

    /// <summary>A whole number without quotes.</summary>
    Integer,

    /// <summary>A whole number, with or without quotes.</summary>
    QuotableInteger,

    /// <summary>A whole number in quotes that is an identity: it is equal or not, and neither larger nor like another.</summary>
    Identity,
}

/// <summary>An attribute that a filter may name.</summary>
/// <param name="Key">Its key in clauses.</param>
/// <param name="Kind">What it is compared with.</param>
/// <param name="Lists">Whether it may be compared with a list by IN and NOT IN.</param>
internal sealed record SearchAttribute(string Key, SearchValueKind Kind = SearchValueKind.Text, bool Lists = false);
