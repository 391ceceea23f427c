using NotebookTestRunner.Checks;
using NotebookTestRunner.Comparison;
using NotebookTestRunner.Outputs;
using NotebookTestRunner.Resources;

namespace NotebookTestRunner;

/// <summary>What became of one code cell.</summary>
public sealed record CellResult
{
    /// <summary>The cell's position in the notebook, counted from 1 over cells of every kind, as a reader would count them.</summary>
    public required int Number { get; init; }

    /// <summary>The cell's id (nbformat 4.5), or null in older notebooks.</summary>
    public string? CellId { get; init; }

    /// <summary>The first line of the source that is not blank, directive comments for the runner aside; "(empty cell)" when there is none.</summary>
    public required string FirstLine { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Wall time from sending the cell to the kernel's last word about it; zero when not executed.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How long it took in the last run that is known; null when none is.</summary>
    public TimeSpan? PreviousDuration { get; init; }

    /// <summary>Whether it took clearly longer than in the last run: more than 1.5 times as long, and more than half a second.</summary>
    public bool IsSlower => Trend.IsSlower(PreviousDuration, Duration);

    /// <summary>
    /// The most memory the kernel and the processes it started held together while the cell ran, in bytes; null when it was not executed or
    /// cannot be told.
    /// </summary>
    public long? PeakMemory { get; init; }

    /// <summary>The kernel's execution count, or null when not executed.</summary>
    public int? ExecutionCount { get; init; }

    /// <summary>What the cell showed, as it would be stored in the notebook; when not executed, what is stored.</summary>
    public IReadOnlyList<CellOutput> Outputs { get; init; } = [];

    /// <summary>What the notebook stores as shown by the cell.</summary>
    public IReadOnlyList<CellOutput> StoredOutputs { get; init; } = [];

    /// <summary>For a verdict other than <see cref="Verdict.Passed"/>: what went wrong, where, and what to do. May have many lines (a difference, a traceback).</summary>
    public string? Message { get; init; }

    /// <summary>What checks beside the comparison of outputs found. Errors among them make the verdict <see cref="Verdict.Failed"/>, and stand in <see cref="Message"/>.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>
    /// What the cell showed otherwise than stored: why it failed, or, when outputs are updated (<see cref="RunOptions.Update"/>), what
    /// changes in the file.
    /// </summary>
    public IReadOnlyList<OutputDifference> Differences { get; init; } = [];

    /// <summary>The mark with which a cell whose outputs differ would have passed, such as <c>tolerance 0.02</c>; null when there is none.</summary>
    public string? Remedy { get; init; }

    /// <summary>How outputs were compared where that is weaker than equality, such as "output 2, image/png: compared by type and size".</summary>
    public IReadOnlyList<string> ComparisonNotes { get; init; } = [];
}
