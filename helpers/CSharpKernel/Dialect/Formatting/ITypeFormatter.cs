namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Writes values of a type in one MIME type.</summary>
public interface ITypeFormatter
{
    /// <summary>The MIME type of what is written.</summary>
    string MimeType { get; }

    /// <summary>The type whose values, and those of types derived from it, are written.</summary>
    Type Type { get; }

    /// <summary>Writes a value.</summary>
    /// <param name="instance">The value.</param>
    /// <param name="context">Where to.</param>
    /// <returns>False when another formatter shall write the value; what was written is dropped then.</returns>
    bool Format(object instance, FormatContext context);
}
