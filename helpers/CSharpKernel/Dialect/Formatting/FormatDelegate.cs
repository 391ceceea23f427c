namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Writes a value.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="value">The value.</param>
/// <param name="context">Where to.</param>
/// <returns>False when another formatter shall write the value; what was written is dropped then.</returns>
public delegate bool FormatDelegate<in T>(T value, FormatContext context);
