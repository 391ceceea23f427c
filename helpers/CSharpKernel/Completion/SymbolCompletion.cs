using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Completion;

/// <summary>Finds what can be written at a place in C# code.</summary>
internal static class SymbolCompletion
{
    /// <summary>Everything that fits at a position, whatever letters are there already; what fits best comes first.</summary>
    /// <param name="code">The code.</param>
    /// <param name="start">Where the word to complete starts.</param>
    /// <returns>Nothing where a new name is written, or no name can stand.</returns>
    public static IEnumerable<CompletionMatch> Find(WrittenCode code, int start)
    {
        var before = code.TokenBefore(start);
        var model = code.Model;
        switch (before.Parent)
        {
            case MemberAccessExpressionSyntax access when before == access.OperatorToken:
                return Members(model, access.Expression, start);
            case MemberBindingExpressionSyntax binding when before == binding.OperatorToken:
                return binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is { } conditional ? Members(model, conditional.Expression, start) : [];
            case QualifiedNameSyntax name when before == name.DotToken:
                return Members(model, name.Left, start);
            case AliasQualifiedNameSyntax alias when before == alias.ColonColonToken:
                return Describe(model.LookupNamespacesAndTypes(start, model.Compilation.GlobalNamespace), model, start);
            case UsingDirectiveSyntax directive:
                return Describe(model.LookupNamespacesAndTypes(start, model.Compilation.GlobalNamespace)
                    .Where(symbol => symbol is INamespaceSymbol || !directive.StaticKeyword.IsKind(SyntaxKind.None) || directive.Alias is not null), model, start)
                    .Concat(before == directive.UsingKeyword ? Keywords.AfterUsing : []);
            case InitializerExpressionSyntax initializer when before.Kind() is SyntaxKind.OpenBraceToken or SyntaxKind.CommaToken && Assignable(model, initializer, start) is { } assignable:
                return assignable;
            case AttributeListSyntax or AttributeTargetSpecifierSyntax when before.Kind() is SyntaxKind.OpenBracketToken or SyntaxKind.CommaToken or SyntaxKind.ColonToken:
                return Describe(model.LookupNamespacesAndTypes(start), model, start).Select(WithoutAttribute);
        }

        if (before.IsKind(SyntaxKind.OverrideKeyword) || Overrides.IsAfterType(before))
            return Overrides.Find(model, before, start);
        var word = code.Root.FindToken(Math.Min(start, code.Root.FullSpan.End));
        if (before.IsKind(SyntaxKind.NumericLiteralToken) || IsNewName(word, start) || IsNewNameExpected(before))
            return [];
        // Behind new stands a type, or nothing but brackets.
        if (before.IsKind(SyntaxKind.NewKeyword) && before.Parent is BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax or AnonymousObjectCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax)
            return ExpectedValues.Find(model, before, start).Concat(Describe(model.LookupNamespacesAndTypes(start), model, start)).Concat(Keywords.Types);
        if (word.Parent is ExpressionSyntax expression && word.SpanStart == start && SyntaxFacts.IsInTypeOnlyContext(expression) && before.Parent is not (null or CompilationUnitSyntax or GlobalStatementSyntax or BlockSyntax))
            return Describe(model.LookupNamespacesAndTypes(start), model, start).Concat(Keywords.Types);
        return ExpectedValues.Find(model, before, start)
            .Concat(ArgumentNames(model, before))
            .Concat(Describe(model.LookupSymbols(start), model, start))
            .Concat(Keywords.All);
    }

    private static IEnumerable<CompletionMatch> Members(SemanticModel model, SyntaxNode left, int position)
    {
        var info = model.GetSymbolInfo(left);
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        if (symbol is IAliasSymbol alias)
            symbol = alias.Target;
        switch (symbol)
        {
            case INamespaceSymbol space:
                return Describe(model.LookupNamespacesAndTypes(position, space), model, position);
            case ITypeSymbol type when left is not (ThisExpressionSyntax or BaseExpressionSyntax):
                return Describe(model.LookupStaticMembers(position, type), model, position);
        }

        var value = model.GetTypeInfo(left).Type ?? (symbol as IMethodSymbol)?.ReturnType;
        if (left.Parent is MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression } && value is IPointerTypeSymbol pointer)
            value = pointer.PointedAtType;
        if (left.Parent is ConditionalAccessExpressionSyntax && value is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            value = nullable.TypeArguments[0];
        if (value is null or IErrorTypeSymbol || value.SpecialType == SpecialType.System_Void)
            return [];
        var members = model.LookupSymbols(position, value, includeReducedExtensionMethods: true).Where(member => !member.IsStatic && member is not ITypeSymbol);
        // In `Color.Red` the name Color may be a type as well as a property of that type.
        if (left is IdentifierNameSyntax && symbol?.Name == value.Name)
            members = members.Concat(model.LookupStaticMembers(position, value));
        return Describe(members, model, position);
    }

    private static IEnumerable<CompletionMatch>? Assignable(SemanticModel model, InitializerExpressionSyntax initializer, int position)
    {
        var type = initializer.Parent switch
        {
            BaseObjectCreationExpressionSyntax creation when !initializer.IsKind(SyntaxKind.CollectionInitializerExpression) || initializer.Expressions.Count <= 1 => model.GetTypeInfo(creation).Type,
            WithExpressionSyntax copy => model.GetTypeInfo(copy.Expression).Type,
            _ => null,
        };
        // Braces behind a collection hold its items.
        if (type is null or IErrorTypeSymbol || type.AllInterfaces.Any(each => each.SpecialType == SpecialType.System_Collections_IEnumerable))
            return null;
        var given = initializer.Expressions.OfType<AssignmentExpressionSyntax>().Select(assignment => assignment.Left.ToString()).ToHashSet(StringComparer.Ordinal);
        return Describe(
            model.LookupSymbols(position, type).Where(member => !given.Contains(member.Name)
                && member is IPropertySymbol { IsStatic: false, SetMethod: not null, IsIndexer: false } or IFieldSymbol { IsStatic: false, IsReadOnly: false, IsConst: false }), model, position);
    }

    private static IEnumerable<CompletionMatch> ArgumentNames(SemanticModel model, SyntaxToken before)
    {
        if (before.Parent is not BaseArgumentListSyntax { Parent: { } call } || before.Kind() is not (SyntaxKind.OpenParenToken or SyntaxKind.CommaToken or SyntaxKind.OpenBracketToken))
            return [];
        return Calls.Candidates(model, call).SelectMany(method => method.Parameters)
            .Select(parameter => new CompletionMatch(parameter.Name + ":", "parameter", SymbolText.Type(parameter.Type)));
    }

    // The name of a variable, method or type that is just being declared is for its author to choose.
    private static bool IsNewName(SyntaxToken word, int start) => word.SpanStart == start && word.IsKind(SyntaxKind.IdentifierToken) && word.Parent switch
    {
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsMissing: false } } => true,
        ParameterSyntax { Type: not null } => true,
        BaseTypeDeclarationSyntax or MethodDeclarationSyntax or PropertyDeclarationSyntax or LocalFunctionStatementSyntax or SingleVariableDesignationSyntax
            or ForEachStatementSyntax or CatchDeclarationSyntax or EnumMemberDeclarationSyntax or TypeParameterSyntax or DelegateDeclarationSyntax => true,
        _ => false,
    };

    private static bool IsNewNameExpected(SyntaxToken before) => before.Kind() is SyntaxKind.ClassKeyword or SyntaxKind.StructKeyword or SyntaxKind.InterfaceKeyword
        or SyntaxKind.EnumKeyword or SyntaxKind.NamespaceKeyword || (before.IsKind(SyntaxKind.IdentifierToken) && before.Text is "var" && before.Parent is IdentifierNameSyntax { Parent: VariableDeclarationSyntax });

    private static CompletionMatch WithoutAttribute(CompletionMatch match) =>
        match.Kind == "class" && match.Text.EndsWith("Attribute", StringComparison.Ordinal) && match.Text.Length > 9 ? match with { Text = match.Text[..^9] } : match;

    private static IEnumerable<CompletionMatch> Describe(IEnumerable<ISymbol> symbols, SemanticModel model, int position) =>
        symbols.Where(symbol => symbol.CanBeReferencedByName && symbol.Name.Length > 0 && !SymbolText.IsHidden(symbol))
            .GroupBy(symbol => symbol.Name, StringComparer.Ordinal)
            .Select(group => new CompletionMatch(SymbolText.Name(group.First()), SymbolText.Kind(group.First()), "") { Describe = () => SymbolText.Signature([.. group], model, position) });
}
