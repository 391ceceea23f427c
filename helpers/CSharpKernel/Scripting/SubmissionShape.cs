using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Scripting;

/// <summary>Answers two questions about a piece of code: does it end in a value, and does it declare anything?</summary>
internal static class SubmissionShape
{
    /// <summary>Whether the code returns a value or ends in an expression without a semicolon.</summary>
    public static bool HasResult(CSharpCompilation compilation, SyntaxTree tree)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot();
        var statements = root.DescendantNodes(node => node is CompilationUnitSyntax or GlobalStatementSyntax
            || (node is StatementSyntax and not LocalFunctionStatementSyntax));
        if (statements.OfType<ReturnStatementSyntax>().Any(statement => statement.Expression is not null))
            return true;
        return root.Members.OfType<GlobalStatementSyntax>().LastOrDefault() is { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last }
            && (!MayBeVoid(last.Expression) || compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).ConvertedType is not { SpecialType: SpecialType.System_Void });
    }

    // Asking the compiler takes a part of the time that a small cell takes altogether.
    private static bool MayBeVoid(ExpressionSyntax expression) =>
        expression is not (LiteralExpressionSyntax or IdentifierNameSyntax or BinaryExpressionSyntax or ObjectCreationExpressionSyntax or InterpolatedStringExpressionSyntax);

    /// <summary>
    /// Whether later code can see anything of this code. Code of which nothing can be seen is left out of the chain,
    /// so that a notebook's memory does not grow with every cell that is run.
    /// </summary>
    public static bool Declares(CSharpCompilation compilation) =>
        compilation.SyntaxTrees.Any(tree => tree.GetRoot() is CompilationUnitSyntax root && (root.Usings.Count > 0 || root.Externs.Count > 0))
        || compilation.ScriptClass!.GetMembers().Any(member => !member.IsImplicitlyDeclared && member.CanBeReferencedByName);
}
