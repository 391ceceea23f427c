namespace NotebookTestRunner.Comparison;

/// <summary>One thing a cell showed otherwise than stored.</summary>
/// <param name="Where">Which output and MIME type, such as "output 2, text/html".</param>
/// <param name="Text">What differs, as lines that begin with <c>-</c> (stored) and <c>+</c> (now), or a sentence.</param>
public sealed record OutputDifference(string Where, string Text);
