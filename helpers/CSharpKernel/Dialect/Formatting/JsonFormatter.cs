using System.Text.Json;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Finds what writes values as JSON.</summary>
public static class JsonFormatter
{
    /// <summary>The MIME type, <c>application/json</c>.</summary>
    public const string MimeType = "application/json";

    /// <summary>How values become JSON in this notebook.</summary>
    public static JsonSerializerOptions SerializerOptions => Formatter.Current.JsonOptions;

    /// <summary>What writes values of a type.</summary>
    /// <param name="type">The type.</param>
    public static ITypeFormatter GetPreferredFormatterFor(Type type) => Formatter.GetPreferredFormatterFor(type, MimeType);

    /// <summary>What writes values of a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    public static ITypeFormatter GetPreferredFormatterFor<T>() => GetPreferredFormatterFor(typeof(T));
}
