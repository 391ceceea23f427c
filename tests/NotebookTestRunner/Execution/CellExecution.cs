using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Execution;

/// <summary>How the execution of a cell went, apart from what it showed.</summary>
internal sealed record CellExecution
{
    /// <summary>From sending the cell to the kernel's last word about it.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The kernel's execution count; null when it gave no answer.</summary>
    public int? ExecutionCount { get; init; }

    /// <summary>The error the kernel answered with; null when the cell ran to its end, or never did.</summary>
    public ErrorOutput? Error { get; init; }

    /// <summary>Why the cell failed whatever it shows (its time limit, the kernel's death), or null.</summary>
    public string? Fault { get; init; }

    /// <summary>That it showed more than is kept, in a sentence; null when it did not.</summary>
    public string? Excess { get; init; }

    /// <summary>The most memory its kernel held meanwhile, in bytes; null when that is not known.</summary>
    public long? PeakMemory { get; init; }

    /// <summary>How the kernel died by itself, in a sentence; null when it did not.</summary>
    public string? Death { get; init; }

    /// <summary>Whether the kernel is gone, so that nothing more can be executed.</summary>
    public bool KernelLost { get; init; }

    /// <summary>Whether the cell was stopped from outside.</summary>
    public bool Cancelled { get; init; }
}
