using CSharpKernel.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Scripting.Rewriting;

/// <summary>
/// Puts a <see cref="LoopCheck"/> at the start of each turn of a loop, of each function that can come back to itself and of each lambda,
/// which a library may call endlessly, and before each jump. What cleans up, in a <c>finally</c>, is left to end as it is written.
/// No line moves, so stack traces stay right.
/// </summary>
internal sealed class LoopChecks : CSharpSyntaxRewriter
{
    private static readonly StatementSyntax Check = SyntaxFactory.ParseStatement($"global::{typeof(LoopCheck).FullName}.{nameof(LoopCheck.Check)}();");
    private readonly HashSet<string> _recursive;
    private readonly bool _inLambdas;

    private LoopChecks(SyntaxNode root, bool inLambdas)
    {
        _recursive = RecursiveNames.In(root);
        _inLambdas = inLambdas;
    }

    /// <summary>The code with its checks; the same tree when it needs none.</summary>
    /// <param name="tree">The code.</param>
    /// <param name="inLambdas">Whether lambdas get checks. One that is to become an expression tree cannot.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static SyntaxTree Add(SyntaxTree tree, bool inLambdas, CancellationToken cancellationToken)
    {
        var root = tree.GetRoot(cancellationToken);
        var checkedRoot = new LoopChecks(root, inLambdas).Visit(root);
        return checkedRoot == root ? tree : tree.WithRootAndOptions(checkedRoot, tree.Options);
    }

    /// <summary>The text with its checks in all but its lambdas; the same text when it needs none, or has errors.</summary>
    public static string Add(string text, CSharpParseOptions options)
    {
        var tree = CSharpSyntaxTree.ParseText(text, options);
        if (tree.GetRoot().ContainsDiagnostics)
            return text;
        var withChecks = Add(tree, inLambdas: false, CancellationToken.None).ToString();
        return CSharpSyntaxTree.ParseText(withChecks, options).GetRoot().ContainsDiagnostics ? text : withChecks;
    }

    public override SyntaxNode? VisitFinallyClause(FinallyClauseSyntax node) => node;

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) => Loop((WhileStatementSyntax)base.VisitWhileStatement(node)!, loop => loop.Statement, (loop, body) => loop.WithStatement(body));

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node) => Loop((DoStatementSyntax)base.VisitDoStatement(node)!, loop => loop.Statement, (loop, body) => loop.WithStatement(body));

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node) => Loop((ForStatementSyntax)base.VisitForStatement(node)!, loop => loop.Statement, (loop, body) => loop.WithStatement(body));

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node) => Loop((ForEachStatementSyntax)base.VisitForEachStatement(node)!, loop => loop.Statement, (loop, body) => loop.WithStatement(body));

    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node) =>
        Loop((ForEachVariableStatementSyntax)base.VisitForEachVariableStatement(node)!, loop => loop.Statement, (loop, body) => loop.WithStatement(body));

    public override SyntaxNode? VisitGotoStatement(GotoStatementSyntax node) => Begin((GotoStatementSyntax)base.VisitGotoStatement(node)!);

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => IsQuoted(node) ? node : Lambda((SimpleLambdaExpressionSyntax)base.VisitSimpleLambdaExpression(node)!);

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => IsQuoted(node) ? node : Lambda((ParenthesizedLambdaExpressionSyntax)base.VisitParenthesizedLambdaExpression(node)!);

    public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node) => IsQuoted(node) ? node : Lambda((AnonymousMethodExpressionSyntax)base.VisitAnonymousMethodExpression(node)!);

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        var visited = (LocalFunctionStatementSyntax)base.VisitLocalFunctionStatement(node)!;
        if (!_recursive.Contains(node.Identifier.ValueText))
            return visited;
        return Checked(visited.Body, node.ReturnType, node.Modifiers, visited.ExpressionBody, visited.SemicolonToken) is { } block
            ? visited.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block) : visited;
    }

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        var visited = (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!;
        if (!_recursive.Contains(node.Identifier.ValueText))
            return visited;
        return Checked(visited.Body, node.ReturnType, node.Modifiers, visited.ExpressionBody, visited.SemicolonToken) is { } block
            ? visited.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block) : visited;
    }

    private static BlockSyntax? Checked(BlockSyntax? body, TypeSyntax type, SyntaxTokenList modifiers, ArrowExpressionClauseSyntax? arrow, SyntaxToken semicolon) =>
        body is not null ? Begin(body) : ToBlock(type, modifiers, arrow, semicolon);

    private static T Loop<T>(T loop, Func<T, StatementSyntax> bodyOf, Func<T, StatementSyntax, T> with) => with(loop, Begin(bodyOf(loop)));

    private AnonymousFunctionExpressionSyntax Lambda(AnonymousFunctionExpressionSyntax lambda)
    {
        if (!_inLambdas)
            return lambda;
        if (lambda.Block is { } block)
            return lambda.WithBlock(Begin(block));
        return lambda is LambdaExpressionSyntax { ExpressionBody: { } value } && IsSurelyValue(value)
            ? ((LambdaExpressionSyntax)lambda).WithExpressionBody(null).WithBlock(ReturnBlock(value, value.GetLeadingTrivia(), value.GetTrailingTrivia()))
            : lambda;
    }

    // Assertions quote their arguments in what they say.
    private static bool IsQuoted(SyntaxNode lambda) => lambda.Ancestors().OfType<InvocationExpressionSyntax>().Any(call => call.Expression switch
    {
        SimpleNameSyntax simple => Quotes(simple),
        MemberAccessExpressionSyntax { Expression: var owner, Name: var name } => Quotes(name) || (owner is SimpleNameSyntax type && Quotes(type)),
        _ => false,
    });

    private static bool Quotes(SimpleNameSyntax name) =>
        name.Identifier.ValueText is var text && (text.StartsWith("Assert", StringComparison.Ordinal) || text.StartsWith("Should", StringComparison.Ordinal) || text.StartsWith("ThrowIf", StringComparison.Ordinal));

    // What may also stand as a statement may have no value.
    private static bool IsSurelyValue(ExpressionSyntax expression) => !expression.ContainsDirectives && expression is BinaryExpressionSyntax or IsPatternExpressionSyntax or ConditionalExpressionSyntax or LiteralExpressionSyntax
        or IdentifierNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax
        or InterpolatedStringExpressionSyntax or TupleExpressionSyntax or SwitchExpressionSyntax or AnonymousObjectCreationExpressionSyntax
        or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression or (int)SyntaxKind.UnaryMinusExpression or (int)SyntaxKind.BitwiseNotExpression };

    private static BlockSyntax Begin(StatementSyntax statement)
    {
        // The check stands right behind the brace, where no line with a directive begins.
        if (statement is BlockSyntax block)
            return block
                .WithOpenBraceToken(block.OpenBraceToken.WithTrailingTrivia())
                .WithStatements(block.Statements.Insert(0, Check.WithTrailingTrivia(block.OpenBraceToken.TrailingTrivia)));
        return SyntaxFactory.Block(
            SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(statement.GetLeadingTrivia()),
            [Check, statement.WithoutTrivia()],
            SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(statement.GetTrailingTrivia()));
    }

    // What is asynchronous, or returns a reference, stays an expression: its block would have to be written otherwise.
    private static BlockSyntax? ToBlock(TypeSyntax type, SyntaxTokenList modifiers, ArrowExpressionClauseSyntax? arrow, SyntaxToken semicolon)
    {
        if (arrow is null || type is RefTypeSyntax || modifiers.Any(SyntaxKind.AsyncKeyword) || arrow.Expression is ThrowExpressionSyntax or RefExpressionSyntax)
            return null;
        var isVoid = type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
        var block = isVoid
            ? SyntaxFactory.Block(Check, SyntaxFactory.ExpressionStatement(arrow.Expression, SyntaxFactory.Token(SyntaxKind.SemicolonToken)))
            : ReturnBlock(arrow.Expression, default, default);
        return block
            .WithOpenBraceToken(block.OpenBraceToken.WithTrailingTrivia(arrow.ArrowToken.TrailingTrivia))
            .WithCloseBraceToken(SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithTriviaFrom(semicolon));
    }

    private static BlockSyntax ReturnBlock(ExpressionSyntax value, SyntaxTriviaList before, SyntaxTriviaList after) => SyntaxFactory.Block(
        SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithLeadingTrivia(before),
        [
            Check,
            SyntaxFactory.ReturnStatement(
                SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space),
                before.Count + after.Count == 0 ? value : value.WithoutTrivia(),
                SyntaxFactory.Token(SyntaxKind.SemicolonToken)),
        ],
        SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(after));
}
