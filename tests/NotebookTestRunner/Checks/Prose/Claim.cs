using NotebookTestRunner.Checks.Prose.Sources;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Checks.Prose;

/// <summary>A place in a notebook's prose that is bound to a value.</summary>
/// <param name="Cell">The Markdown cell.</param>
/// <param name="Words">The claim as it is written.</param>
/// <param name="Subject">The text that is bound.</param>
/// <param name="Source">Where the truth is found.</param>
/// <param name="Tolerance">How far the text may be from it.</param>
/// <param name="Moment">When it is asked.</param>
internal sealed record Claim(NotebookCell Cell, string Words, ClaimSubject Subject, IClaimSource Source, ClaimTolerance Tolerance, ClaimMoment Moment);
