using System.Collections.Immutable;
using CSharpKernel.Scripting.Libraries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CSharpKernel.Scripting;

/// <summary>One piece of code, compiled and ready to run.</summary>
/// <param name="Compilation">What the next piece continues from.</param>
/// <param name="Type">The class the compiler made of the code; null when there is nothing to run.</param>
/// <param name="HasResult">Whether the code ends in a value that is to be shown.</param>
/// <param name="Declares">Whether later code can see anything of it.</param>
/// <param name="Warnings">The compiler's warnings.</param>
internal sealed record Submission(CSharpCompilation Compilation, Type? Type, bool HasResult, bool Declares, ImmutableArray<Diagnostic> Warnings)
{
    /// <summary>Disposes what the code declares with <c>using</c>; null when there is nothing.</summary>
    public ResourceOwner? Resources { get; init; }

    /// <summary>The references that it was compiled against, which the session gets when it runs.</summary>
    public ReferenceChoice? References { get; init; }

    /// <summary>The libraries of the notebook with the part of the code that is compiled apart; null when there is none.</summary>
    public ImmutableArray<NotebookLibrary>? Libraries { get; init; }
}
