namespace NotebookTestRunner.Checks.Prose;

/// <summary>A piece of a cell's text to be replaced.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Old">What is there.</param>
/// <param name="New">What is to be there.</param>
internal sealed record ClaimRewrite(int Start, string Old, string New)
{
    /// <summary>The text with the piece replaced.</summary>
    public string Apply(string source) => source[..Start] + New + source[(Start + Old.Length)..];
}
