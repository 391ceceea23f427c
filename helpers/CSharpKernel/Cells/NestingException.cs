namespace CSharpKernel.Cells;

/// <summary>Code is nested too deeply to be compiled.</summary>
internal sealed class NestingException(string message) : Exception(message);
