using CSharpKernel.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Scripting.Rewriting;

/// <summary>
/// Puts a <see cref="LoopCheck"/> at the start of each turn of a loop and of each function that calls itself. What cleans up, in a
/// <c>finally</c>, is left to end as it is written. No line moves, so stack traces stay right.
/// </summary>
internal sealed class LoopChecks : CSharpSyntaxRewriter
{
    private static readonly StatementSyntax Check = SyntaxFactory.ParseStatement($"global::{typeof(LoopCheck).FullName}.{nameof(LoopCheck.Check)}();");

    /// <summary>The code with its checks; the same tree when it needs none.</summary>
    public static SyntaxTree Add(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var root = tree.GetRoot(cancellationToken);
        var checkedRoot = new LoopChecks().Visit(root);
        return checkedRoot == root ? tree : tree.WithRootAndOptions(checkedRoot, tree.Options);
    }

    public override SyntaxNode? VisitFinallyClause(FinallyClauseSyntax node) => node;

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) => node.WithStatement(Begin(Inner(node.Statement)));

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node) => node.WithStatement(Begin(Inner(node.Statement)));

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node) => node.WithStatement(Begin(Inner(node.Statement)));

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node) => node.WithStatement(Begin(Inner(node.Statement)));

    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node) => node.WithStatement(Begin(Inner(node.Statement)));

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        var visited = (LocalFunctionStatementSyntax)base.VisitLocalFunctionStatement(node)!;
        if (!CallsItself(node, node.Identifier.ValueText))
            return visited;
        return Checked(visited.Body, node.ReturnType, node.Modifiers, visited.ExpressionBody, visited.SemicolonToken) is { } block
            ? visited.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block) : visited;
    }

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        var visited = (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!;
        if (!CallsItself(node, node.Identifier.ValueText))
            return visited;
        return Checked(visited.Body, node.ReturnType, node.Modifiers, visited.ExpressionBody, visited.SemicolonToken) is { } block
            ? visited.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block) : visited;
    }

    private static BlockSyntax? Checked(BlockSyntax? body, TypeSyntax type, SyntaxTokenList modifiers, ArrowExpressionClauseSyntax? arrow, SyntaxToken semicolon) =>
        body is not null ? Begin(body) : ToBlock(type, modifiers, arrow, semicolon);

    private static bool CallsItself(SyntaxNode function, string name) => function.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText == name,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText == name,
        _ => false,
    });

    private static BlockSyntax Begin(StatementSyntax statement) => statement is BlockSyntax block
        ? block.WithStatements(block.Statements.Insert(0, Check))
        : SyntaxFactory.Block(SyntaxFactory.Token(SyntaxKind.OpenBraceToken), [Check, statement], SyntaxFactory.Token(SyntaxKind.CloseBraceToken));

    // What is asynchronous, or returns a reference, stays an expression: its block would have to be written otherwise.
    private static BlockSyntax? ToBlock(TypeSyntax type, SyntaxTokenList modifiers, ArrowExpressionClauseSyntax? arrow, SyntaxToken semicolon)
    {
        if (arrow is null || type is RefTypeSyntax || modifiers.Any(SyntaxKind.AsyncKeyword) || arrow.Expression is ThrowExpressionSyntax or RefExpressionSyntax)
            return null;
        StatementSyntax statement = type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }
            ? SyntaxFactory.ExpressionStatement(arrow.Expression, SyntaxFactory.Token(SyntaxKind.SemicolonToken))
            : SyntaxFactory.ReturnStatement(SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space), arrow.Expression, SyntaxFactory.Token(SyntaxKind.SemicolonToken));
        return SyntaxFactory.Block(
            SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(arrow.ArrowToken.TrailingTrivia), [Check, statement],
            SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithTriviaFrom(semicolon));
    }

    private StatementSyntax Inner(StatementSyntax statement) => (StatementSyntax)Visit(statement)!;
}
