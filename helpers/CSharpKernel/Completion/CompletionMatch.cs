namespace CSharpKernel.Completion;

/// <summary>One way to complete a word.</summary>
/// <param name="Text">What the word becomes.</param>
/// <param name="Kind">What it is, such as <c>method</c> or <c>class</c>.</param>
/// <param name="Signature">Its parameters, as far as known.</param>
internal sealed record CompletionMatch(string Text, string Kind, string Signature);
