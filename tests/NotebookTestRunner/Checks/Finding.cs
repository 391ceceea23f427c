namespace NotebookTestRunner.Checks;

/// <summary>Something that a check has to say about a cell or a notebook.</summary>
/// <param name="Check">The name of the check, such as <c>contracts</c>.</param>
/// <param name="CellNumber">The cell it is about, counted from 1 over cells of every kind; null for the notebook as a whole.</param>
/// <param name="Message">What is wrong, where, and what to do. May have many lines.</param>
/// <param name="Severity">Whether it fails the cell or the notebook; by default it does.</param>
public sealed record Finding(string Check, int? CellNumber, string Message, FindingSeverity Severity = FindingSeverity.Error)
{
    /// <summary>Whether it fails the cell it is about, or the notebook.</summary>
    public bool IsError => Severity == FindingSeverity.Error;

    /// <summary>The message under the check's name.</summary>
    public override string ToString() => $"[{Check}] {Message}";
}
