namespace NotebookTestRunner.Mutations;

/// <summary>A seeded fault: one place of the code that does something else when it is switched on.</summary>
/// <param name="Id">Its number, by which it is switched on.</param>
/// <param name="File">The source file, relative to its project's folder.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Kind">What is done to the code, such as <c>negate</c>.</param>
/// <param name="Code">The code it is done to, on one line.</param>
internal sealed record Mutant(int Id, string File, int Line, string Kind, string Code)
{
    public override string ToString() => $"{File}:{Line}: {Kind}: {Code}";
}
