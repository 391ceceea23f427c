using System.Globalization;

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
internal sealed record SearchToken(TokenKind Kind, string Text)
{
    /// <summary>Whether it can name something: a word, or a text in double quotes.</summary>
    public bool IsIdentifier => Kind == TokenKind.Word || (Kind == TokenKind.Quoted && Text[0] == '"');

    /// <summary>Its value when it is a number, written without quotes.</summary>
    public double? Number =>
        Kind == TokenKind.Number && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Its value when it is a whole number, written without quotes, point or exponent.</summary>
    public double? Integer => Kind == TokenKind.Number ? ToInteger(Text) : null;

    public static double? ToInteger(string text) => ToWholeNumber(text);

    public static long? ToWholeNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool Is(string keyword) => Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
