namespace NotebookTestRunner.Comparison;

/// <summary>The outcome of comparing a cell's outputs with the stored ones.</summary>
/// <param name="Differences">What differs; empty when the outputs agree.</param>
/// <param name="Notes">Where something was compared by less than its content, and by what.</param>
public sealed record OutputComparison(IReadOnlyList<OutputDifference> Differences, IReadOnlyList<string> Notes)
{
    /// <summary>Whether the outputs agree.</summary>
    public bool Agrees => Differences.Count == 0;
}
