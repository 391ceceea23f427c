namespace NotebookTestRunner.Comparison;

/// <summary>What a comparison has found so far.</summary>
internal sealed class ComparisonRecord
{
    public List<OutputDifference> Differences { get; } = [];

    public List<string> Notes { get; } = [];

    public void AddIfAny(string where, string? difference)
    {
        if (difference is not null) Differences.Add(new(where, difference));
    }
}
