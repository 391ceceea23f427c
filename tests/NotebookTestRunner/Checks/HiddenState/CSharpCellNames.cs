using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Checks.HiddenState;

/// <summary>
/// Reads the names of C# cells from their syntax. What a cell declares anywhere counts as its own; names of libraries cannot be told from those of
/// cells, except that by convention only locals begin with a small letter.
/// </summary>
internal sealed class CSharpCellNames : ICellNamesReader
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Preview, kind: SourceCodeKind.Script);

    // Words of the language that are names to the parser, and what C# kernels bring.
    private static readonly HashSet<string> Known =
    [
        "var", "dynamic", "nint", "nuint", "notnull", "unmanaged", "value", "field", "args", "nameof", "_", "when", "where", "global", "managed", "scoped", "allows",
        "display", "input", "password",
    ];

    public Task<IReadOnlyList<CellNames>> ReadAsync(IReadOnlyList<NotebookCell> cells, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CellNames>>([.. cells.Select(cell => Read(cell.Number, cell.Source))]);

    public bool IsCertainlyOfCells(string name) => char.IsAsciiLetterLower(name[0]) && !Known.Contains(name);

    internal static CellNames Read(int number, string source)
    {
        var (code, brought, isOpen) = CSharpSegments.Read(source);
        var root = CSharpSyntaxTree.ParseText(code, Script).GetCompilationUnitRoot();
        var declared = root.DescendantNodes().Select(DeclaredBy).OfType<string>().ToHashSet();
        var uses = root.DescendantNodes().OfType<SimpleNameSyntax>().Where(IsFree).Select(name => name.Identifier.ValueText)
            .Where(name => name.Length > 0 && !declared.Contains(name)).ToHashSet();
        // Static members of a class that is named whole can be called by any name.
        var hasStatics = root.DescendantNodes().OfType<UsingDirectiveSyntax>().Any(directive => directive.StaticKeyword.IsKind(SyntaxKind.StaticKeyword));
        return new(number, root.Members.SelectMany(DefinedBy).Concat(brought).ToHashSet(), uses, new HashSet<string>(), isOpen || hasStatics)
        {
            Changes = root.DescendantNodes().SelectMany(ChangedBy).Where(name => !declared.Contains(name)).ToHashSet(),
            // A script has no `using var`: it is read as half a directive.
            IsSetup = root.Usings.Any(directive => !directive.ContainsDiagnostics) || source.Split('\n').Any(line => line.TrimStart() is ['#', 'r' or 'i', ' ' or '"', ..]),
        };
    }

    /// <summary>What a part of the code changes visibly.</summary>
    private static IEnumerable<string> ChangedBy(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax { Parent: not InitializerExpressionSyntax } assignment => Roots(assignment.Left),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } step => Roots(step.Operand),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step => Roots(step.Operand),
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword } argument => Roots(argument.Expression),
        // Called for its effect: of a statement with a semicolon nobody sees the value.
        ExpressionStatementSyntax { SemicolonToken.IsMissing: false, Expression: var called } => called switch
        {
            AwaitExpressionSyntax { Expression: InvocationExpressionSyntax { Expression: not IdentifierNameSyntax } waited } => Roots(waited),
            InvocationExpressionSyntax { Expression: not IdentifierNameSyntax } or ConditionalAccessExpressionSyntax => Roots(called),
            _ => [],
        },
        _ => [],
    };

    /// <summary>The names with which an expression begins.</summary>
    private static IEnumerable<string> Roots(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => [name.Identifier.ValueText],
        MemberAccessExpressionSyntax access => Roots(access.Expression),
        ElementAccessExpressionSyntax access => Roots(access.Expression),
        InvocationExpressionSyntax { Expression: not IdentifierNameSyntax } call => Roots(call.Expression),
        ConditionalAccessExpressionSyntax access => Roots(access.Expression),
        ParenthesizedExpressionSyntax inner => Roots(inner.Expression),
        TupleExpressionSyntax tuple => tuple.Arguments.SelectMany(argument => Roots(argument.Expression)),
        _ => [],
    };

    /// <summary>The names a top-level member leaves in the session.</summary>
    private static IEnumerable<string> DefinedBy(MemberDeclarationSyntax member) => member switch
    {
        BaseNamespaceDeclarationSyntax space => space.Members.SelectMany(DefinedBy),
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.ValueText),
        GlobalStatementSyntax { Statement: LocalDeclarationStatementSyntax local } => local.Declaration.Variables.Select(variable => variable.Identifier.ValueText),
        GlobalStatementSyntax { Statement: LocalFunctionStatementSyntax function } => [function.Identifier.ValueText],
        // Variables of patterns, out arguments and deconstructions, unless they belong to a block or a lambda inside.
        GlobalStatementSyntax { Statement: ExpressionStatementSyntax statement } => statement
            .DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or BlockSyntax)).OfType<SingleVariableDesignationSyntax>()
            .Select(variable => variable.Identifier.ValueText),
        _ => DeclaredBy(member) is { } name ? [name] : [],
    };

    private static string? DeclaredBy(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        TypeParameterSyntax parameter => parameter.Identifier.ValueText,
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        DelegateDeclarationSyntax type => type.Identifier.ValueText,
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        EventDeclarationSyntax @event => @event.Identifier.ValueText,
        EnumMemberDeclarationSyntax member => member.Identifier.ValueText,
        ForEachStatementSyntax loop => loop.Identifier.ValueText,
        CatchDeclarationSyntax caught => caught.Identifier.ValueText,
        FromClauseSyntax clause => clause.Identifier.ValueText,
        LetClauseSyntax clause => clause.Identifier.ValueText,
        JoinClauseSyntax clause => clause.Identifier.ValueText,
        JoinIntoClauseSyntax clause => clause.Identifier.ValueText,
        QueryContinuationSyntax clause => clause.Identifier.ValueText,
        LabeledStatementSyntax label => label.Identifier.ValueText,
        TupleElementSyntax element => element.Identifier.ValueText,
        UsingDirectiveSyntax { Alias: { } alias } => alias.Name.Identifier.ValueText,
        ExternAliasDirectiveSyntax alias => alias.Identifier.ValueText,
        _ => null,
    };

    /// <summary>Whether a name stands by itself: no member of something else, no name of an argument or an initialized property.</summary>
    private static bool IsFree(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name,
        QualifiedNameSyntax qualified => qualified.Left == name && name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is null,
        AliasQualifiedNameSyntax or MemberBindingExpressionSyntax or NameColonSyntax or ExpressionColonSyntax or NameEqualsSyntax or UsingDirectiveSyntax
            or GotoStatementSyntax or AttributeSyntax or BaseNamespaceDeclarationSyntax or ExplicitInterfaceSpecifierSyntax => false,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ObjectInitializerExpression or (int)SyntaxKind.WithInitializerExpression } } assignment =>
            assignment.Left != name,
        _ => name.FirstAncestorOrSelf<SubpatternSyntax>()?.NameColon?.Name != name && name.FirstAncestorOrSelf<NameColonSyntax>() is null,
    };
}
