using NotebookTestRunner.Audits.Sections;
using NotebookTestRunner.Checks;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Resources;

namespace NotebookTestRunner;

/// <summary>What became of one notebook.</summary>
public sealed record NotebookResult
{
    /// <summary>The notebook's full path.</summary>
    public required string Path { get; init; }

    /// <summary>The name of the kernel it ran on, or null when none was found.</summary>
    public string? KernelName { get; init; }

    /// <summary>One result for each code cell, in the notebook's order; empty when the notebook could not be read.</summary>
    public IReadOnlyList<CellResult> Cells { get; init; } = [];

    /// <summary>The notebook with the outputs of this run, for reports; null when it could not be read.</summary>
    public Notebook? Notebook { get; init; }

    /// <summary>What checks found that belongs to no executed code cell: Markdown cells, the notebook as a whole.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What became of its sections by themselves, where they were run so (<see cref="SectionsAudit"/>); otherwise empty.</summary>
    public IReadOnlyList<SectionResult> Sections { get; init; } = [];

    /// <summary>When the run started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Wall time of the whole notebook, the kernel's start and end included.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How long it took in the last run that is known; null when none is.</summary>
    public TimeSpan? PreviousDuration { get; init; }

    /// <summary>Whether it took clearly longer than in the last run: more than 1.5 times as long, and more than half a second.</summary>
    public bool IsSlower => Trend.IsSlower(PreviousDuration, Duration);

    /// <summary>The most memory its kernel and the processes that started held together, in bytes; null when that is not known.</summary>
    public long? PeakMemory => Cells.Max(cell => cell.PeakMemory);

    /// <summary>What went wrong with the notebook as a whole (a kernel that died, a file that could not be read or written back), or null.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// When the notebook passed, where it was not run again because nothing has changed since (<see cref="Caching.ResultCache"/>); null when it was run.
    /// </summary>
    public DateTimeOffset? CachedFrom { get; init; }

    /// <summary>Whether the run was stopped from outside before its end.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Whether outputs were written back to the file (<see cref="RunOptions.Update"/>).</summary>
    public bool Updated { get; init; }

    /// <summary>
    /// <see cref="Verdict.Failed"/> when a cell failed, a check found an error, or something went wrong with the notebook as a whole;
    /// <see cref="Verdict.NotRun"/> when it was stopped before its end; <see cref="Verdict.Skipped"/> when all of its cells are
    /// skipped; otherwise <see cref="Verdict.Passed"/>.
    /// </summary>
    public Verdict Verdict =>
        Cells.Any(cell => cell.Verdict == Verdict.Failed) || Findings.Any(finding => finding.IsError) || (Message is not null && !Cancelled) ? Verdict.Failed
        : Cancelled || Cells.Any(cell => cell.Verdict == Verdict.NotRun) ? Verdict.NotRun
        : Cells.Count > 0 && Cells.All(cell => cell.Verdict == Verdict.Skipped) ? Verdict.Skipped
        : Verdict.Passed;

    /// <summary>Whether not one cell could be run, as the file or its kernel is at fault.</summary>
    internal bool CouldNotBeRun => this is { Cancelled: false, Message: not null, Cells.Count: 0 };

    /// <summary>How many cells have this verdict.</summary>
    public int Count(Verdict verdict) => Cells.Count(cell => cell.Verdict == verdict);

    /// <summary>How long cells took together.</summary>
    internal static TimeSpan TimeOf(IEnumerable<CellResult> cells) => cells.Aggregate(TimeSpan.Zero, (sum, cell) => sum + cell.Duration);

    /// <summary>The result of a notebook that could not be run at all, so that reports can name it beside the others.</summary>
    public static NotebookResult FromError(string path, NotebookRunException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new NotebookResult { Path = System.IO.Path.GetFullPath(path), Message = error.Message };
    }
}
