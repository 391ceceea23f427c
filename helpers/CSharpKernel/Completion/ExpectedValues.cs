using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Completion;

/// <summary>Offers first what the place asks for: the members of an enum where one is expected, the type of a variable after <c>new</c>.</summary>
internal static class ExpectedValues
{
    /// <summary>What the place asks for; nothing when it can be anything.</summary>
    /// <param name="model">What names mean.</param>
    /// <param name="before">The token before the word to complete.</param>
    /// <param name="position">Where the word starts.</param>
    public static IEnumerable<CompletionMatch> Find(SemanticModel model, SyntaxToken before, int position)
    {
        var isNew = before.IsKind(SyntaxKind.NewKeyword);
        if (Expected(model, isNew ? before.GetPreviousToken() : before) is not { } type)
            return [];
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            type = nullable.TypeArguments[0];
        var name = type.ToMinimalDisplayString(model, position);
        if (isNew)
            return type.IsAbstract ? [] : [new CompletionMatch(name, SymbolText.Kind(type), "") { IsExpected = true }];
        return type switch
        {
            { TypeKind: TypeKind.Enum } => type.GetMembers().OfType<IFieldSymbol>().Where(field => field.IsConst).Select(field => new CompletionMatch($"{name}.{field.Name}", "enummember", name) { IsExpected = true }),
            { SpecialType: SpecialType.System_Boolean } => [new CompletionMatch("true", "keyword", "") { IsExpected = true }, new CompletionMatch("false", "keyword", "") { IsExpected = true }],
            _ => [],
        };
    }

    private static ITypeSymbol? Expected(SemanticModel model, SyntaxToken before) => before.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: { IsVar: false } type } } } => model.GetTypeInfo(type).Type,
        AssignmentExpressionSyntax assignment when before == assignment.OperatorToken => model.GetTypeInfo(assignment.Left).Type,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison => model.GetTypeInfo(comparison.Left).Type,
        // The arms of a switch expression, and patterns.
        SwitchExpressionSyntax choice when before.Kind() is SyntaxKind.OpenBraceToken or SyntaxKind.CommaToken => model.GetTypeInfo(choice.GoverningExpression).Type,
        IsPatternExpressionSyntax test => model.GetTypeInfo(test.Expression).Type,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.IsExpression } test => model.GetTypeInfo(test.Left).Type,
        CaseSwitchLabelSyntax { Parent.Parent: SwitchStatementSyntax choice } => model.GetTypeInfo(choice.Expression).Type,
        BaseArgumentListSyntax { Parent: { } call } list when before == list.GetFirstToken() || before.IsKind(SyntaxKind.CommaToken) => ParameterAt(model, call, Index(list, before)),
        NameColonSyntax { Parent: ArgumentSyntax { Parent.Parent: { } call } } colon => Calls.Candidates(model, call).SelectMany(method => method.Parameters)
            .FirstOrDefault(parameter => parameter.Name == colon.Name.Identifier.ValueText)?.Type,
        _ => null,
    };

    private static int Index(BaseArgumentListSyntax list, SyntaxToken before) => list.ChildTokens().Count(token => token.IsKind(SyntaxKind.CommaToken) && token.SpanStart <= before.SpanStart);

    private static ITypeSymbol? ParameterAt(SemanticModel model, SyntaxNode call, int index) =>
        Calls.Candidates(model, call).Where(method => method.Parameters.Length > index).Select(method => method.Parameters[index].Type).FirstOrDefault(type => type.TypeKind == TypeKind.Enum);
}
