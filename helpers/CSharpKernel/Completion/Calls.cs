using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Completion;

/// <summary>Finds the methods that a call may mean while its arguments are still being written.</summary>
internal static class Calls
{
    /// <summary>The methods, constructors or indexers; none when what is called is unknown.</summary>
    public static IReadOnlyList<IMethodSymbol> Candidates(SemanticModel model, SyntaxNode call) => call switch
    {
        InvocationExpressionSyntax invocation => [.. model.GetMemberGroup(invocation.Expression).OfType<IMethodSymbol>() is var group && group.Any() ? group
            : model.GetTypeInfo(invocation.Expression).Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } ? [invoke] : []],
        BaseObjectCreationExpressionSyntax creation => model.GetTypeInfo(creation).Type is INamedTypeSymbol type ? type.InstanceConstructors : [],
        ConstructorInitializerSyntax initializer => [.. model.GetMemberGroup(initializer).OfType<IMethodSymbol>()],
        _ => [],
    };
}
