namespace NotebookTestRunner.Checks.HiddenState;

/// <summary>The names that a cell defines for the cells after it, and those it takes from cells before it.</summary>
/// <param name="Number">The cell, counted from 1 over cells of every kind.</param>
/// <param name="Defines">What stands in the kernel's session once the cell has run.</param>
/// <param name="Uses">Names it needs when it runs and does not define itself.</param>
/// <param name="UsesLater">Names needed only when something that it defines is called; they may be defined below, before that call.</param>
/// <param name="IsOpen">Whether it brings in names that cannot be seen in its text: <c>#load</c>, <c>#!import</c>, <c>from x import *</c>.</param>
public sealed record CellNames(int Number, IReadOnlySet<string> Defines, IReadOnlySet<string> Uses, IReadOnlySet<string> UsesLater, bool IsOpen)
{
    /// <summary>
    /// Names of others that it visibly changes: it assigns to them, or to a part of them, or calls a method of theirs for its effect. What it changes by
    /// handing it to somebody else cannot be seen.
    /// </summary>
    public IReadOnlySet<string> Changes { get; init; } = new HashSet<string>();

    /// <summary>Whether it prepares the session for all cells below, whatever they name: references, packages, namespaces.</summary>
    public bool IsSetup { get; init; }
}
