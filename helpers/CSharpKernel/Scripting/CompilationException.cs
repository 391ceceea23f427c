using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace CSharpKernel.Scripting;

/// <summary>Code that does not compile.</summary>
internal sealed class CompilationException(ImmutableArray<Diagnostic> diagnostics, Compilation compilation)
    : Exception(DiagnosticText.Summarize(diagnostics[0]))
{
    /// <summary>The errors, in the order of the text.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;

    /// <summary>What the code was compiled with.</summary>
    public Compilation Compilation { get; } = compilation;

    /// <summary>Whether it was compiled apart from the notebook, whose variables it does not see.</summary>
    public bool IsLibrary { get; init; }

    /// <summary>Whether a name means a type of another cell, which such code does not see.</summary>
    public Func<string, bool> IsTypeOfCell { get; set; } = _ => false;
}
