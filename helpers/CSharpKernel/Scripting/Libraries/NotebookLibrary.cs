using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace CSharpKernel.Scripting.Libraries;

/// <summary>Declarations of a notebook that are compiled apart from its cells.</summary>
/// <param name="Name">The name of its assembly.</param>
/// <param name="Trees">What it was compiled from: one text for each cell that has a part in it.</param>
/// <param name="Reference">What cells are compiled against.</param>
/// <param name="Needs">The names of the assemblies it refers to.</param>
internal sealed record NotebookLibrary(string Name, ImmutableArray<SyntaxTree> Trees, MetadataReference Reference, ImmutableHashSet<string> Needs);
