namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Writes values of a type in one MIME type.</summary>
/// <typeparam name="T">The type.</typeparam>
public interface ITypeFormatter<in T> : ITypeFormatter
{
    /// <summary>Writes a value.</summary>
    /// <param name="instance">The value.</param>
    /// <param name="context">Where to.</param>
    /// <returns>False when another formatter shall write the value; what was written is dropped then.</returns>
    bool Format(T instance, FormatContext context);
}
