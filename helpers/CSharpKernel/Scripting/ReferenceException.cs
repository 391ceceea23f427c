namespace CSharpKernel.Scripting;

/// <summary>A <c>#r</c> or <c>#load</c> line that cannot be fulfilled; the message says why and what to do.</summary>
internal sealed class ReferenceException(string message) : Exception(message);
