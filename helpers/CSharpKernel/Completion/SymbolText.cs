using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CSharpKernel.Completion;

/// <summary>Names and describes symbols in a few words, for lists.</summary>
internal static class SymbolText
{
    /// <summary>A symbol's name as it must be written: one that is a keyword needs an @.</summary>
    public static string Name(ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) != SyntaxKind.None && symbol is not INamespaceSymbol ? "@" + symbol.Name : symbol.Name;

    /// <summary>A type's short name.</summary>
    public static string Type(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>What a symbol is, in Jupyter's words where it has one.</summary>
    public static string Kind(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol => "namespace",
        ITypeParameterSymbol => "typeparameter",
        INamedTypeSymbol type => type.IsRecord ? "record" : type.TypeKind.ToString().ToLowerInvariant(),
        IMethodSymbol { IsExtensionMethod: true } or IMethodSymbol { ReducedFrom: not null } => "extensionmethod",
        IMethodSymbol => "method",
        IPropertySymbol => "property",
        IEventSymbol => "event",
        IFieldSymbol { ContainingType.IsScriptClass: true } or ILocalSymbol => "variable",
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } => "enummember",
        IFieldSymbol { IsConst: true } => "constant",
        IFieldSymbol => "field",
        IParameterSymbol => "parameter",
        _ => "text",
    };

    /// <summary>The parameters and the type of a symbol, and how many others there are of its name.</summary>
    public static string Signature(IReadOnlyList<ISymbol> symbols, SemanticModel model, int position)
    {
        var text = symbols[0] switch
        {
            IMethodSymbol method => $"{ParametersOf(method)} : {method.ReturnType.ToMinimalDisplayString(model, position)}",
            IPropertySymbol property => property.Type.ToMinimalDisplayString(model, position),
            IFieldSymbol field => field.Type.ToMinimalDisplayString(model, position),
            ILocalSymbol local => local.Type.ToMinimalDisplayString(model, position),
            IParameterSymbol parameter => parameter.Type.ToMinimalDisplayString(model, position),
            IEventSymbol @event => @event.Type.ToMinimalDisplayString(model, position),
            ITypeSymbol type => type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat),
            var other => other.ToDisplayString(),
        };
        return symbols.Count == 1 || symbols[0] is not IMethodSymbol ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text} (+ {symbols.Count - 1} overload{(symbols.Count > 2 ? "s" : "")})");
    }

    /// <summary>Whether a symbol is one that its library keeps out of lists.</summary>
    public static bool IsHidden(ISymbol symbol) => symbol is IMethodSymbol { MethodKind: not (MethodKind.Ordinary or MethodKind.ReducedExtension or MethodKind.LocalFunction or MethodKind.DelegateInvoke) }
        || symbol.GetAttributes().Any(attribute => attribute is
        {
            AttributeClass: { Name: "EditorBrowsableAttribute" },
            ConstructorArguments: [{ Value: (int)System.ComponentModel.EditorBrowsableState.Never }],
        });

    private static string ParametersOf(IMethodSymbol method) =>
        $"({string.Join(", ", method.Parameters.Select(parameter => parameter.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)))})";
}
