using System.Text.RegularExpressions;
using NotebookTestRunner.Comparison;

namespace NotebookTestRunner.Execution;

/// <summary>What the message of an expected error must hold: a text, or something that matches a pattern.</summary>
public sealed class ExpectedMessage
{
    private readonly string text;
    private readonly Regex? pattern;

    private ExpectedMessage(string text, Regex? pattern) => (this.text, this.pattern) = (text, pattern);

    /// <summary>The text must be in the message, upper and lower case as given.</summary>
    public static ExpectedMessage Holding(string text) => new(text, null);

    /// <summary>Something in the message must match.</summary>
    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    public static ExpectedMessage Matching(string pattern) => new(pattern, Normalizer.Compile(pattern, RegexOptions.CultureInvariant | RegexOptions.Singleline));

    /// <summary>Whether a message is as expected. A pattern that does not come to an end does not match.</summary>
    public bool Fits(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        message = Normalizer.WithoutColours(message);
        try
        {
            return pattern?.IsMatch(message) ?? message.Contains(text, StringComparison.Ordinal);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => pattern is null ? $"\"{text}\"" : $"/{text}/";
}
