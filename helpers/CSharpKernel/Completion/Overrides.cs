using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Completion;

/// <summary>Offers, behind <c>override</c>, the members that a class can override, as they are written.</summary>
internal static class Overrides
{
    private static readonly SymbolDisplayFormat Written = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeRef,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeDefaultValue,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Whether a token is the type of a member that is to override another.</summary>
    public static bool IsAfterType(SyntaxToken before) =>
        // What is not finished yet looks like a field.
        before.Parent is TypeSyntax type && (type.Parent is VariableDeclarationSyntax ? type.Parent.Parent : type.Parent) is MemberDeclarationSyntax member && member.Modifiers.Any(SyntaxKind.OverrideKeyword);

    /// <summary>The members.</summary>
    /// <param name="model">What names mean.</param>
    /// <param name="before">The token before the word to complete.</param>
    /// <param name="position">Where the word starts.</param>
    public static IEnumerable<CompletionMatch> Find(SemanticModel model, SyntaxToken before, int position)
    {
        if (before.Parent?.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration || model.GetDeclaredSymbol(declaration) is not { BaseType: { } parent } type)
            return [];
        var taken = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var found = new List<CompletionMatch>();
        foreach (var member in type.GetMembers())
            taken.UnionWith(Overridden(member));
        for (var current = parent; current is not null; current = current.BaseType)
            foreach (var member in current.GetMembers().Where(member => (member.IsVirtual || member.IsAbstract || member.IsOverride) && !member.IsSealed && member.CanBeReferencedByName && member.Name != "Finalize"))
            {
                var isNew = taken.Add(member);
                taken.UnionWith(Overridden(member));
                if (isNew && TypeOf(member) is { } result && model.IsAccessible(position, member))
                    found.Add(Match(member, result.ToMinimalDisplayString(model, position), before));
            }

        return found;
    }

    private static CompletionMatch Match(ISymbol member, string result, SyntaxToken before)
    {
        var text = member.ToDisplayString(Written);
        return new CompletionMatch(before.IsKind(SyntaxKind.OverrideKeyword) ? $"{result} {text}" : text, SymbolText.Kind(member), result) { Word = member.Name, IsExpected = true };
    }

    private static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IMethodSymbol method => method.ReturnType,
        IPropertySymbol { IsIndexer: false } property => property.Type,
        IEventSymbol @event => @event.Type,
        _ => null,
    };

    private static IEnumerable<ISymbol> Overridden(ISymbol member)
    {
        for (var current = Base(member); current is not null; current = Base(current))
            yield return current;
    }

    private static ISymbol? Base(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        IEventSymbol @event => @event.OverriddenEvent,
        _ => null,
    };
}
