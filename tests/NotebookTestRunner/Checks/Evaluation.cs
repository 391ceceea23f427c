using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Checks;

/// <summary>What code that was executed between cells gave.</summary>
/// <param name="Outputs">What it showed.</param>
/// <param name="Error">The error it ended with, or null.</param>
public sealed record Evaluation(IReadOnlyList<CellOutput> Outputs, ErrorOutput? Error)
{
    /// <summary>The plain text of its result; of what it printed when it had none; null when it showed nothing.</summary>
    public string? Text =>
        Outputs.OfType<ExecuteResultOutput>().LastOrDefault()?.Text("text/plain")
        ?? (Outputs.OfType<StreamOutput>().Any() ? string.Concat(Outputs.OfType<StreamOutput>().Select(output => output.Text)) : null);
}
