namespace CSharpKernel.Cells;

/// <summary>A part of a cell that runs as one: C# code with the references it asks for, or a magic with its text.</summary>
/// <param name="Magic">The name after <c>#!</c>, or null for C# code.</param>
/// <param name="Arguments">What stands behind the magic's name on its line.</param>
/// <param name="Text">The code, padded with empty lines so that its lines are the cell's; or the text below a magic.</param>
/// <param name="Line">The zero-based line of the cell on which the segment starts.</param>
/// <param name="References">The <c>#r</c> and <c>#i</c> lines found in the code, in their order.</param>
internal sealed record CellSegment(string? Magic, string Arguments, string Text, int Line, IReadOnlyList<ReferenceDirective> References)
{
    /// <summary>The kernel in whose part of the cell it stands.</summary>
    public string Kernel { get; init; } = "csharp";
}
