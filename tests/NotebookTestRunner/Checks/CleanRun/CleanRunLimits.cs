namespace NotebookTestRunner.Checks.CleanRun;

/// <summary>How large notebooks that are published may be.</summary>
public sealed record CleanRunLimits
{
    /// <summary>The notebook's file, in bytes; 2,000,000 by default. Beyond some megabytes GitHub shows no preview.</summary>
    public long NotebookBytes { get; init; } = 2_000_000;

    /// <summary>The outputs of one cell, in bytes of their JSON; 500,000 by default.</summary>
    public long CellBytes { get; init; } = 500_000;
}
