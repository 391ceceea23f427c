using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CSharpKernel.Cells;

/// <summary>How the text of a cell is read: C# in script form, in the version of the language that goes with the runtime.</summary>
internal static class ScriptParsing
{
    /// <summary>The compiler's options for every cell.</summary>
    public static CSharpParseOptions Options { get; } =
        // Not the compiler's latest: C# 15 takes variables named union for the keyword, and needs types that .NET 10 lacks.
        new(LanguageVersion.CSharp14, DocumentationMode.Parse, SourceCodeKind.Script);
}
