namespace NotebookTestRunner.Checks.Contracts;

/// <summary>A promise that was not kept.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Message">What was expected, and what was found.</param>
internal sealed record Violation(string Place, string Message)
{
    public override string ToString() => $"{Message} ({Place})";
}
