namespace MLflowSharp;

/// <summary>Whether a challenger shall become champion, and why.</summary>
/// <param name="IsBetter">Whether it is better, and not by chance.</param>
/// <param name="Reason">One sentence that says why or why not.</param>
/// <param name="Test">The comparison of champion (first) and challenger (second); null when there is no champion yet.</param>
/// <param name="Moved">Whether the alias was moved to the challenger.</param>
public sealed record PromotionDecision(bool IsBetter, string Reason, McNemarTest? Test = null, bool Moved = false)
{
    /// <summary>The reason.</summary>
    public override string ToString() => Reason;

    /// <summary>How a notebook shows the decision: as its reason.</summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle() => new Dictionary<string, object> { ["text/plain"] = Reason };
}
