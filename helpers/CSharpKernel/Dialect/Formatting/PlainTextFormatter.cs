namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Finds what writes values as plain text.</summary>
public static class PlainTextFormatter
{
    /// <summary>The MIME type, <c>text/plain</c>.</summary>
    public const string MimeType = "text/plain";

    /// <summary>What writes values of a type.</summary>
    /// <param name="type">The type.</param>
    public static ITypeFormatter GetPreferredFormatterFor(Type type) => Formatter.GetPreferredFormatterFor(type, MimeType);

    /// <summary>What writes values of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    public static ITypeFormatter GetPreferredFormatterFor<T>() => GetPreferredFormatterFor(typeof(T));
}
