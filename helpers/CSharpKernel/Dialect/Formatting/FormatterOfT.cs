namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>How values of one type are shown.</summary>
/// <typeparam name="T">The type.</typeparam>
public static class Formatter<T>
{
    /// <summary>How many items of a sequence of this type are shown.</summary>
    public static int ListExpansionLimit
    {
        get => Formatter.Current.ListLimitOf(typeof(T));
        set => Formatter.Current.SetListLimit(typeof(T), value);
    }

    /// <summary>Writes a value inside of another one's formatter.</summary>
    /// <param name="obj">The value.</param>
    /// <param name="context">Where to.</param>
    /// <param name="mimeType">The MIME type.</param>
    public static void FormatTo(T obj, FormatContext context, string mimeType = PlainTextFormatter.MimeType) => obj.FormatTo(context, mimeType);
}
