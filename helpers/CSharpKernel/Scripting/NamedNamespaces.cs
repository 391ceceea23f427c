using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Scripting;

/// <summary>Finds what may be a namespace in a piece of code, by its looks alone.</summary>
internal static class NamedNamespaces
{
    /// <summary>The names in using directives, and their beginnings: <c>using static System.IO.Path;</c> needs the namespace <c>System.IO</c>.</summary>
    public static IEnumerable<string> InUsings(SyntaxTree tree) =>
        tree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<UsingDirectiveSyntax>()
            .SelectMany(directive => Beginnings(directive.NamespaceOrType));

    /// <summary>The beginnings of all dotted names, such as <c>System.Net.Http</c> in <c>new System.Net.Http.HttpClient()</c>.</summary>
    public static IEnumerable<string> InNames(SyntaxTree tree) =>
        tree.GetRoot().DescendantNodes()
            .Where(node => node is QualifiedNameSyntax or MemberAccessExpressionSyntax { Expression: NameSyntax or MemberAccessExpressionSyntax })
            .SelectMany(Beginnings);

    private static IEnumerable<string> Beginnings(SyntaxNode name)
    {
        var text = string.Concat(name.DescendantTokens().Select(token => token.Text));
        for (var end = text.Length; end > 0; end = text.LastIndexOf('.', end - 1))
            yield return text[..end];
    }
}
