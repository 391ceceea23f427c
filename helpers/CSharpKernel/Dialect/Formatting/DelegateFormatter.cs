namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A formatter that is a function.</summary>
internal sealed class DelegateFormatter(Type type, string mimeType, Func<object, FormatContext, bool> format) : ITypeFormatter
{
    public string MimeType { get; } = mimeType;

    public Type Type { get; } = type;

    public bool Format(object instance, FormatContext context) => format(instance, context);
}
