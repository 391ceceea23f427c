namespace NotebookTestRunner.Mutations.Running;

/// <summary>A worker's answer.</summary>
/// <param name="End">How the test ended.</param>
/// <param name="Message">Why it failed; empty when it passed.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record TestAnswer(TestEnd End, string Message, double Milliseconds)
{
    /// <summary>The faults whose places were reached, where that was asked for.</summary>
    public IReadOnlyList<int> Reached { get; init; } = [];

    /// <summary>Those of them that only decided about a value that is computed once and kept.</summary>
    public IReadOnlyList<int> ReachedOnce { get; init; } = [];

    /// <summary>All test methods, where that was asked for.</summary>
    public IReadOnlyList<string> Tests { get; init; } = [];
}
