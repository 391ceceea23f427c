namespace CSharpKernel.Completion;

/// <summary>The ways to complete the word between two positions.</summary>
/// <param name="Start">Where the word starts, in UTF-16 units.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Matches">The ways.</param>
internal sealed record CompletionMatches(int Start, int End, IReadOnlyList<CompletionMatch> Matches);
