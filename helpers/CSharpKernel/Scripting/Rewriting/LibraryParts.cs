using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CSharpKernel.Scripting.Rewriting;

/// <summary>
/// Finds what must be compiled as a library because scripts refuse it: namespaces and classes with extension
/// blocks; with them the other types of the cell that they name.
/// </summary>
internal static class LibraryParts
{
    /// <summary>Whether a cell, read as a script, has such a part; asked first, because it costs next to nothing.</summary>
    public static bool IsIn(CompilationUnitSyntax script)
    {
        foreach (var member in script.Members)
            if (IsLibrary(member))
                return true;
        return false;
    }

    /// <summary>The word <c>file</c> before types of a cell: a cell is no file, and what it declares is there for the next.</summary>
    public static List<TextSpan> FileWords(CompilationUnitSyntax script)
    {
        var found = new List<TextSpan>();
        foreach (var member in script.Members)
            if (NameOf(member) is not null && member.Modifiers.IndexOf(SyntaxKind.FileKeyword) is >= 0 and var index)
                found.Add(member.Modifiers[index].Span);
        return found;
    }

    /// <summary>The parts of code that was read as a program; empty when there are none.</summary>
    public static List<MemberDeclarationSyntax> Find(CompilationUnitSyntax program)
    {
        var found = program.Members.Where(IsLibrary).ToList();
        if (found.Count == 0)
            return found;
        var others = program.Members.Where(member => NameOf(member) is not null && !found.Contains(member)).ToList();
        for (var i = 0; i < found.Count && others.Count > 0; i++)
        {
            var names = found[i].DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).ToHashSet(StringComparer.Ordinal);
            // A partial type goes with all of its parts.
            foreach (var other in others.Where(other => names.Contains(NameOf(other)!)).ToList())
            {
                others.Remove(other);
                found.Add(other);
            }
        }

        return [.. found.OrderBy(member => member.SpanStart)];
    }

    /// <summary>The text that is compiled as the library: the parts, the usings and the directives, each at its place.</summary>
    public static string TextOf(CompilationUnitSyntax program, string text, IEnumerable<MemberDeclarationSyntax> parts)
    {
        var directives = program.DescendantTrivia(descendIntoTrivia: false)
            .Where(trivia => trivia.IsDirective && trivia.Kind() is not (SyntaxKind.ErrorDirectiveTrivia or SyntaxKind.WarningDirectiveTrivia
                or SyntaxKind.ReferenceDirectiveTrivia or SyntaxKind.LoadDirectiveTrivia or SyntaxKind.BadDirectiveTrivia))
            .Select(trivia => trivia.FullSpan);
        return BlankedText.Only(text, [.. directives, .. program.Externs.Select(each => each.Span), .. program.Usings.Select(each => each.Span), .. parts.SelectMany(SpansOf)]);
    }

    /// <summary>The places of a part: of a namespace without braces only itself and its types, as what follows them is the cell's own code.</summary>
    public static IEnumerable<TextSpan> SpansOf(MemberDeclarationSyntax part) => part is FileScopedNamespaceDeclarationSyntax space
        ? [TextSpan.FromBounds(space.SpanStart, space.SemicolonToken.Span.End), .. space.Usings.Select(each => each.Span), .. space.Members.Where(member => NameOf(member) is not null).Select(Whole)]
        : [Whole(part)];

    /// <summary>The full names of the types in a library's text.</summary>
    public static HashSet<string> TypesIn(SyntaxTree library) => [.. library.GetRoot()
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<MemberDeclarationSyntax>()
        .Where(member => NameOf(member) is not null).Select(FullNameOf)];

    /// <summary>A type's name with its namespaces and the number of its type parameters.</summary>
    public static string FullNameOf(MemberDeclarationSyntax type)
    {
        var spaces = type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Select(space => space.Name.ToString()).Reverse();
        var parameters = (type as TypeDeclarationSyntax)?.TypeParameterList?.Parameters.Count ?? (type as DelegateDeclarationSyntax)?.TypeParameterList?.Parameters.Count ?? 0;
        return $"{string.Join('.', [.. spaces, NameOf(type)!])}`{parameters}";
    }

    /// <summary>The name of a type's declaration; null for other members.</summary>
    public static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        DelegateDeclarationSyntax type => type.Identifier.ValueText,
        _ => null,
    };

    /// <summary>The place of a declaration with its documentation.</summary>
    public static TextSpan Whole(MemberDeclarationSyntax member)
    {
        var documentation = member.GetLeadingTrivia().Where(trivia => trivia.HasStructure && trivia.GetStructure() is DocumentationCommentTriviaSyntax).ToList();
        return documentation.Count == 0 ? member.Span : TextSpan.FromBounds(documentation[0].FullSpan.Start, member.Span.End);
    }

    private static bool IsLibrary(MemberDeclarationSyntax member) => member switch
    {
        BaseNamespaceDeclarationSyntax => true,
        ClassDeclarationSyntax type when type.Members.Any(inner => inner.IsKind(SyntaxKind.ExtensionBlockDeclaration)) => true,
        _ => false,
    };
}
