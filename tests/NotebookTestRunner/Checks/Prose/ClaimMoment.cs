using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Checks.Prose;

/// <summary>When a claim is compared with the truth.</summary>
/// <param name="After">Once this code cell is done; null for where the text stands, or for the end.</param>
/// <param name="AtEnd">When the notebook is done.</param>
internal sealed record ClaimMoment(NotebookCell? After = null, bool AtEnd = false)
{
    /// <summary>Where the text stands: after the code above it, before the code below.</summary>
    public static ClaimMoment Here { get; } = new();
}
