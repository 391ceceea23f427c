namespace NotebookTestRunner.Checks.Prose;

/// <summary>What is wrong with a claim.</summary>
/// <param name="Message">For the reader, with old and new in their context.</param>
/// <param name="Change">The old and the new sentence; empty when it is not known what is true.</param>
/// <param name="Rewrite">What would mend it; null when a person has to.</param>
internal sealed record ClaimVerdict(string Message, string Change = "", ClaimRewrite? Rewrite = null);
