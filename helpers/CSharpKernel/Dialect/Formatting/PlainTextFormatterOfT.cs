namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A formatter of one type that writes plain text.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="format">Writes a value; returns whether it did.</param>
public class PlainTextFormatter<T>(FormatDelegate<T> format) : TypeFormatter<T>
{
    /// <summary>A formatter that writes every value.</summary>
    /// <param name="format">Writes a value.</param>
    public PlainTextFormatter(Action<T, FormatContext> format)
        : this((value, context) =>
        {
            format(value, context);
            return true;
        })
    {
    }

    /// <summary>A formatter that makes a text of every value.</summary>
    /// <param name="format">The text of a value.</param>
    public PlainTextFormatter(Func<T, string> format)
        : this((value, context) => context.Writer.Write(format(value)))
    {
    }

    /// <inheritdoc/>
    public override string MimeType => PlainTextFormatter.MimeType;

    /// <inheritdoc/>
    public override bool Format(T value, FormatContext context) => format(value, context);
}
