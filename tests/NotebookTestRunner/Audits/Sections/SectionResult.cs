namespace NotebookTestRunner.Audits.Sections;

/// <summary>What became of a section that was run by itself.</summary>
public sealed record SectionResult
{
    /// <summary>The text of its heading.</summary>
    public required string Title { get; init; }

    /// <summary>The Markdown cell of its heading, counted from 1 over cells of every kind.</summary>
    public required int CellNumber { get; init; }

    /// <summary>Its code cells.</summary>
    public required IReadOnlyList<int> Cells { get; init; }

    /// <summary>The cells above that it needs, which were executed before.</summary>
    public required IReadOnlyList<int> Needs { get; init; }

    /// <summary>
    /// Whether it needs every cell above, so that by itself it is what it is in the whole notebook. Such a section is not run again, and passes.
    /// </summary>
    public required bool NeedsAll { get; init; }

    /// <summary>Whether each cell gave the verdict it gives in the whole notebook; <see cref="Verdict.NotRun"/> when it was stopped before its end.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>How long it took by itself, its kernel's start and end included.</summary>
    public TimeSpan Duration { get; init; }
}
