using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CSharpKernel.Scripting.Rewriting;

/// <summary>
/// Makes plain variables of what a cell declares with <c>using var</c> at its top level, where scripts do not know it.
/// The kernel disposes them when the cell has ended (<see cref="ResourceOwner"/>).
/// </summary>
internal static class ResourceDeclarations
{
    // A field named _ would turn the discards of all later cells into assignments.
    private const string Discard = "ˍ";

    /// <summary>Finds the declarations in code that was read as a program, and takes the word away that scripts refuse.</summary>
    public static string TakeOut(CompilationUnitSyntax program, string text, List<Resource> found)
    {
        var words = new List<TextSpan>();
        var discards = new List<TextSpan>();
        foreach (var member in program.Members)
        {
            if (member is not GlobalStatementSyntax { Statement: LocalDeclarationStatementSyntax declaration }
                || !declaration.UsingKeyword.IsKind(SyntaxKind.UsingKeyword) || declaration.UsingKeyword.IsMissing)
                continue;
            var isAsync = declaration.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword);
            if (isAsync)
                words.Add(declaration.AwaitKeyword.Span);
            words.Add(declaration.UsingKeyword.Span);
            foreach (var variable in declaration.Declaration.Variables.Where(variable => !variable.Identifier.IsMissing))
            {
                var isDiscard = variable.Identifier.ValueText == "_";
                if (isDiscard)
                    discards.Add(variable.Identifier.Span);
                found.Add(new Resource(isDiscard ? Discard : variable.Identifier.ValueText, isAsync, variable.Identifier.Span));
            }
        }

        if (words.Count == 0)
            return text;
        var result = BlankedText.Without(text, words);
        foreach (var span in discards)
            result = $"{result.AsSpan(0, span.Start)}{Discard}{result.AsSpan(span.End)}";
        return result;
    }
}
