namespace MLflowSharp.Search;

internal enum TokenKind
{
    Word,
    Quoted,
    Number,
    Comparator,
    List,
    Other,
}

/// <summary>One token of a filter or order-by text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written.</param>
/// <param name="Values">Items of a list; null for other kinds.</param>
internal sealed record SearchToken(TokenKind Kind, string Text, IReadOnlyList<SearchToken>? Values = null)
{
    public bool Is(string keyword) => Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
