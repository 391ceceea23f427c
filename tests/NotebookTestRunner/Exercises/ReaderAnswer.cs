namespace NotebookTestRunner.Exercises;

/// <summary>What a reader wrote for one exercise.</summary>
/// <param name="Cells">The code cells that belong to the answer, in order: the exercise's own, and those the reader added around it. Empty when the exercise's cell is gone.</param>
/// <param name="IsBlank">Whether the cell is still as readers get it, and none was added.</param>
public sealed record ReaderAnswer(IReadOnlyList<string> Cells, bool IsBlank)
{
    /// <summary>Whether there is nothing to run: the cell is gone, empty, or as readers get it.</summary>
    public bool IsMissing => IsBlank || Cells.All(string.IsNullOrWhiteSpace);
}
