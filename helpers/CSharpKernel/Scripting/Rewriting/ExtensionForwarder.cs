using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Scripting.Rewriting;

/// <summary>Writes the methods that hand over to the extension methods of a class.</summary>
internal static class ExtensionForwarder
{
    private static readonly HashSet<SyntaxKind> Kept = [SyntaxKind.StaticKeyword, SyntaxKind.UnsafeKeyword];

    /// <summary>One method for each extension method of the class, each on a line of its own.</summary>
    public static IEnumerable<string> Write(ClassDeclarationSyntax type)
    {
        var inner = type.Members.Select(member => member switch
        {
            BaseTypeDeclarationSyntax nested => nested.Identifier.ValueText,
            DelegateDeclarationSyntax nested => nested.Identifier.ValueText,
            _ => null,
        }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var method in type.Members.OfType<MethodDeclarationSyntax>())
            if (method.ParameterList.Parameters is [var first, ..] && first.Modifiers.Any(SyntaxKind.ThisKeyword))
                yield return Write(type, inner.Count == 0 ? method : QualifyInner(method, type, inner));
    }

    private static string Write(ClassDeclarationSyntax type, MethodDeclarationSyntax method)
    {
        var documentation = string.Concat(method.GetLeadingTrivia()
            .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia))
            .Select(trivia => trivia.ToFullString()));
        var attributes = string.Concat(method.AttributeLists.Select(list => list.ToString() + " "));
        var modifiers = string.Concat(method.Modifiers.Where(word => Kept.Contains(word.Kind())).Select(word => word.Text + " "));
        var arguments = string.Join(", ", method.ParameterList.Parameters.Select(Argument));
        var generics = method.TypeParameterList is null ? "" : $"<{string.Join(", ", method.TypeParameterList.Parameters.Select(parameter => parameter.Identifier.Text))}>";
        var reference = method.ReturnType is RefTypeSyntax ? "ref " : "";
        var header = $"{method.ReturnType} {method.Identifier.Text}{method.TypeParameterList}{method.ParameterList} {method.ConstraintClauses}";
        return $"{documentation}{attributes}[global::System.Diagnostics.StackTraceHidden] {modifiers}{header} => {reference}{type.Identifier.Text}.{method.Identifier.Text}{generics}({arguments});\n";
    }

    private static string Argument(ParameterSyntax parameter)
    {
        var words = parameter.Modifiers.Select(word => word.Kind()).ToList();
        var passing = words.Contains(SyntaxKind.OutKeyword) ? "out "
            : words.Contains(SyntaxKind.InKeyword) || words.Contains(SyntaxKind.ReadOnlyKeyword) ? "in "
            : words.Contains(SyntaxKind.RefKeyword) ? "ref "
            : "";
        return passing + parameter.Identifier.Text;
    }

    // Inside the class its own types need no prefix; outside they do.
    private static MethodDeclarationSyntax QualifyInner(MethodDeclarationSyntax method, ClassDeclarationSyntax type, HashSet<string> inner)
    {
        var names = method.DescendantNodes(node => node is not (BlockSyntax or ArrowExpressionClauseSyntax)).OfType<SimpleNameSyntax>()
            .Where(name => inner.Contains(name.Identifier.ValueText)
                && !(name.Parent is QualifiedNameSyntax qualified && qualified.Right == name)
                && !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name));
        return method.ReplaceNodes(names, (old, name) =>
        {
            var prefix = SyntaxFactory.IdentifierName(type.Identifier.ValueText).WithLeadingTrivia(name.GetLeadingTrivia());
            return old.Parent is MemberAccessExpressionSyntax
                ? SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, prefix, name.WithoutLeadingTrivia())
                : SyntaxFactory.QualifiedName(prefix, name.WithoutLeadingTrivia());
        });
    }
}
