namespace CSharpKernel.Magics;

/// <summary>A magic that is unknown or used wrongly; the message says what to write instead.</summary>
internal sealed class MagicException(string message) : Exception(message);
