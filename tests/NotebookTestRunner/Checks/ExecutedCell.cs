using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Checks;

/// <summary>A code cell that was executed, as a check sees it.</summary>
/// <param name="Cell">The cell as it stands in the notebook.</param>
/// <param name="Outputs">What it showed until it was done.</param>
/// <param name="Error">The error it ended with; null when it ran to its end.</param>
/// <param name="KernelLost">Whether its kernel is gone.</param>
/// <param name="Duration">Its wall time.</param>
/// <param name="PeakMemory">The most memory its kernel held meanwhile, in bytes; null when that is not known.</param>
public sealed record ExecutedCell(NotebookCell Cell, IReadOnlyList<CellOutput> Outputs, ErrorOutput? Error, bool KernelLost, TimeSpan Duration, long? PeakMemory = null);
