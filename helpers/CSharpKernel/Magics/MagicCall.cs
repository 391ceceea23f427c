using CSharpKernel.Cells;
using CSharpKernel.Execution;

namespace CSharpKernel.Magics;

/// <summary>One use of a magic.</summary>
/// <param name="Segment">The magic's line and text.</param>
/// <param name="Cell">The cell it stands in.</param>
/// <param name="Engine">What runs the cell.</param>
internal sealed record MagicCall(CellSegment Segment, CellContext Cell, CSharpEngine Engine)
{
    /// <summary>The text of a magic that takes text: what stands on its line, and below.</summary>
    public string Text => string.Join('\n', new[] { Segment.Arguments, Segment.Text }.Where(part => part.Length > 0)).Trim('\n');

    /// <summary>What stands on the line of a magic that has parameters.</summary>
    public MagicArguments Arguments { get; init; } = new();

    /// <summary>The kernel in whose part of the cell the magic stands.</summary>
    public string Kernel => Engine.Kernels.Find(Segment.Kernel).Name;
}
