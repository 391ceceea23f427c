namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A value written in one MIME type.</summary>
/// <param name="mimeType">The MIME type.</param>
/// <param name="value">What was written.</param>
public class FormattedValue(string mimeType, string value)
{
    /// <summary>The MIME type.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>What was written.</summary>
    public string Value { get; } = value;

    /// <summary>Whether the value is only to be passed on, not shown.</summary>
    public bool SuppressDisplay { get; set; }

    /// <summary>Writes a value in one MIME type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeType">The MIME type; null for the one preferred for the value.</param>
    public static FormattedValue CreateSingleFromObject(object? value, string? mimeType = null)
    {
        mimeType ??= Formatter.GetPreferredMimeTypesFor(value?.GetType()).First();
        return new FormattedValue(mimeType, value.ToDisplayString(mimeType));
    }

    /// <summary>Writes a value in several MIME types.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeTypes">The MIME types; those preferred for the value when none is given.</param>
    public static IReadOnlyList<FormattedValue> CreateManyFromObject(object? value, params string[] mimeTypes) =>
        [.. (mimeTypes.Length > 0 ? mimeTypes : Formatter.GetPreferredMimeTypesFor(value?.GetType())).Select(mimeType => CreateSingleFromObject(value, mimeType))];

    /// <inheritdoc/>
    public override string ToString() => $"{MimeType}: {Value}";
}
