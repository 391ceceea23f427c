namespace CSharpKernel.Execution;

/// <summary>An error as Jupyter shows it (messaging specification, "error").</summary>
/// <param name="Name">The exception's type.</param>
/// <param name="Value">The exception's message.</param>
/// <param name="Traceback">Lines to show, with ANSI colours.</param>
internal sealed record CellError(string Name, string Value, IReadOnlyList<string> Traceback);
