using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Scripting;

/// <summary>
/// Ref variables at the top level of a cell. In a script the compiler takes <c>ref int x = ref numbers[0];</c> for a method that lacks its
/// parentheses, and then complains about whatever stands where they belong, and about what the cell does with <c>x</c>.
/// </summary>
internal static class RefVariables
{
    /// <summary>Whether an error says that there is one.</summary>
    public static bool IsMeant(Diagnostic error) => error.Id == "CS0501"
        && error.Location.SourceTree?.GetRoot().FindNode(error.Location.SourceSpan) is MethodDeclarationSyntax
        {
            ReturnType: RefTypeSyntax, ParameterList.OpenParenToken.IsMissing: true, Parent: CompilationUnitSyntax,
        };

    /// <summary>The errors without those that may only follow from such a variable.</summary>
    public static ImmutableArray<Diagnostic> WithoutFollowing(IEnumerable<Diagnostic> errors)
    {
        ImmutableArray<Diagnostic> all = [.. errors];
        return all.Any(IsMeant) ? [.. all.Where(IsMeant)] : all;
    }
}
