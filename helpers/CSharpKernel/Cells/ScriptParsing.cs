using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CSharpKernel.Cells;

/// <summary>How the text of a cell is read: C# in script form, in the newest version of the language.</summary>
internal static class ScriptParsing
{
    /// <summary>The compiler's options for every cell.</summary>
    public static CSharpParseOptions Options { get; } =
        new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);
}
