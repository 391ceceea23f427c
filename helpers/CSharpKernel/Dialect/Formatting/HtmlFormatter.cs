namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Finds what writes values as HTML.</summary>
public static class HtmlFormatter
{
    /// <summary>The MIME type, <c>text/html</c>.</summary>
    public const string MimeType = "text/html";

    /// <summary>What writes values of a type.</summary>
    /// <param name="type">The type.</param>
    public static ITypeFormatter GetPreferredFormatterFor(Type type) => Formatter.GetPreferredFormatterFor(type, MimeType);

    /// <summary>What writes values of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    public static ITypeFormatter GetPreferredFormatterFor<T>() => GetPreferredFormatterFor(typeof(T));
}
