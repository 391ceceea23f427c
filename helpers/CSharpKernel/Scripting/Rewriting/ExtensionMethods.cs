using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CSharpKernel.Scripting.Rewriting;

/// <summary>
/// Lets static classes in a cell hold extension methods. Scripts refuse them there, because a cell's classes are nested ones,
/// but know them at their own top level: so the word <c>this</c> is taken away in the class, and methods behind the end of the
/// cell's text hand over to it. The newest of a name wins, as with everything that is declared anew.
/// </summary>
internal static class ExtensionMethods
{
    /// <summary>The classes of a cell that hold extension methods.</summary>
    public static List<ClassDeclarationSyntax> Find(CompilationUnitSyntax script)
    {
        var found = new List<ClassDeclarationSyntax>();
        foreach (var member in script.Members)
            if (member is ClassDeclarationSyntax { TypeParameterList: null } type && type.Modifiers.Any(SyntaxKind.StaticKeyword) && type.Members.Any(IsExtension))
                found.Add(type);
        return found;
    }

    /// <summary>What must go from the classes: <c>this</c>, and <c>private</c> where it would keep out the method that hands over.</summary>
    public static IEnumerable<TextSpan> Words(IEnumerable<ClassDeclarationSyntax> classes) =>
        classes.SelectMany(type => type.Members.Where(IsExtension).Cast<MethodDeclarationSyntax>()).SelectMany(method => method
            .ParameterList.Parameters[0].Modifiers.Where(word => word.IsKind(SyntaxKind.ThisKeyword))
            .Concat(method.Modifiers.Where(word => word.IsKind(SyntaxKind.PrivateKeyword)))
            .Select(word => word.Span));

    /// <summary>Adds the methods that hand over behind the text of a cell whose words are taken away.</summary>
    public static CompilationUnitSyntax Append(CompilationUnitSyntax script, IReadOnlyList<ClassDeclarationSyntax> classes, CSharpParseOptions options)
    {
        var names = classes.SelectMany(type => type.Members.Where(IsExtension)).Select(method => method.SpanStart).ToHashSet();
        script = script.ReplaceNodes(
            script.Members.OfType<ClassDeclarationSyntax>().SelectMany(type => type.Members.OfType<MethodDeclarationSyntax>())
                .Where(method => IsPrivate(method) && names.Any(start => start <= method.SpanStart && method.Span.Contains(start) || method.FullSpan.Contains(start))),
            (_, method) => method.WithModifiers(method.Modifiers.Insert(0, SyntaxFactory.MissingToken(SyntaxKind.InternalKeyword))));

        var code = string.Concat(classes.SelectMany(ExtensionForwarder.Write).Distinct(StringComparer.Ordinal));
        var nullable = script.ToFullString().Contains("#nullable enable", StringComparison.Ordinal) ? "#nullable enable annotations\n" : "";
        var added = SyntaxFactory.ParseCompilationUnit($"#pragma warning disable\n{nullable}{code}", options: options).Members;
        if (added.Count == 0)
            return script;

        // A cell may end in an expression without a semicolon. Skipped by the compiler, one stands there for who reads the text anew.
        var isOpen = script.Members.LastOrDefault() is GlobalStatementSyntax last && last.GetLastToken(includeZeroWidth: true) is { IsMissing: true };
        var end = script.EndOfFileToken;
        var before = end.LeadingTrivia.Add(SyntaxFactory.LineFeed);
        if (isOpen)
            before = before.Add(SyntaxFactory.Trivia(SyntaxFactory.SkippedTokensTrivia([SyntaxFactory.Token(SyntaxKind.SemicolonToken)]))).Add(SyntaxFactory.LineFeed);
        var first = added[0].GetFirstToken();
        added = added.Replace(added[0], added[0].ReplaceToken(first, first.WithLeadingTrivia(before.AddRange(first.LeadingTrivia))));
        return script.WithMembers(script.Members.AddRange(added)).WithEndOfFileToken(end.WithLeadingTrivia());
    }

    private static bool IsPrivate(MethodDeclarationSyntax method) => !method.Modifiers.Any(word =>
        word.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword);

    private static bool IsExtension(MemberDeclarationSyntax member) =>
        member is MethodDeclarationSyntax { ParameterList.Parameters: [var first, ..] } method
        && first.Modifiers.Any(SyntaxKind.ThisKeyword) && method.Modifiers.Any(SyntaxKind.StaticKeyword) && !method.Identifier.IsMissing;
}
