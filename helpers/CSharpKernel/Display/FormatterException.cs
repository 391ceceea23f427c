namespace CSharpKernel.Display;

/// <summary>A formatter that the notebook registered failed.</summary>
internal sealed class FormatterException(Type type, string mimeType, Exception inner)
    : InvalidOperationException($"The formatter registered for {TypeNames.Of(type)} and {mimeType} failed: {inner.Message}", inner);
