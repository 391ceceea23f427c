namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A base for formatters of one type.</summary>
/// <typeparam name="T">The type.</typeparam>
public abstract class TypeFormatter<T> : ITypeFormatter<T>
{
    /// <inheritdoc/>
    public virtual Type Type => typeof(T);

    /// <inheritdoc/>
    public abstract string MimeType { get; }

    /// <inheritdoc/>
    public abstract bool Format(T value, FormatContext context);

    bool ITypeFormatter.Format(object instance, FormatContext context) => Format((T)instance, context);
}
