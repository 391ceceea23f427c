using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CSharpKernel.Scripting.Rewriting;

/// <summary>Brings code that is good C# but no C# script into a form that is one. A cell that needs nothing of it goes through untouched.</summary>
internal static class CellRewriter
{
    /// <summary>Rewrites a cell where it must be.</summary>
    /// <param name="tree">The cell, read as a script.</param>
    /// <param name="isShadowed">Whether a script that came before has a type of this name; null to leave what belongs into a library where it is.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static RewrittenCell Rewrite(SyntaxTree tree, Func<string, bool>? isShadowed, CancellationToken cancellationToken)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot(cancellationToken);
        var length = root.FullSpan.Length;
        var resources = new List<Resource>();
        var options = (CSharpParseOptions)tree.Options;
        var text = "";
        string? library = null;

        SyntaxTree Parse(string changed) =>
            CSharpSyntaxTree.ParseText(SourceText.From(changed, tree.GetText(cancellationToken).Encoding), options, tree.FilePath, cancellationToken);

        if (root.ContainsDiagnostics && (text = root.ToFullString()).Contains("using", StringComparison.Ordinal))
        {
            var program = SyntaxFactory.ParseCompilationUnit(text, options: options.WithKind(SourceCodeKind.Regular));
            if (ResourceDeclarations.TakeOut(program, text, resources) is var changed && resources.Count > 0)
            {
                tree = Parse(changed);
                root = (CompilationUnitSyntax)tree.GetRoot(cancellationToken);
            }
        }

        if (LibraryParts.FileWords(root) is { Count: > 0 } words)
        {
            tree = Parse(BlankedText.Without(root.ToFullString(), words));
            root = (CompilationUnitSyntax)tree.GetRoot(cancellationToken);
        }

        if (isShadowed is not null && LibraryParts.IsIn(root))
        {
            text = root.ToFullString();
            var program = SyntaxFactory.ParseCompilationUnit(text, options: options.WithKind(SourceCodeKind.Regular));
            if (LibraryParts.Find(program) is { Count: > 0 } parts)
            {
                library = LibraryParts.TextOf(program, text, parts);
                // A type that an earlier cell had as a script would hide the library's.
                var names = parts.Select(LibraryParts.NameOf).OfType<string>().Distinct().Where(isShadowed).ToList();
                var prefix = names.Count == 0 ? "" : string.Concat(names.Select(name => $"using {name} = global::{name}; ")) + "\n#line 1\n";
                length += prefix.Length;
                resources = [.. resources.Select(each => each with { Place = new TextSpan(each.Place.Start + prefix.Length, each.Place.Length) })];
                tree = Parse(prefix + BlankedText.Without(text, parts.SelectMany(LibraryParts.SpansOf)));
                root = (CompilationUnitSyntax)tree.GetRoot(cancellationToken);
            }
        }

        if (ExtensionMethods.Find(root) is { Count: > 0 } classes)
        {
            tree = Parse(BlankedText.Without(root.ToFullString(), ExtensionMethods.Words(classes)));
            root = ExtensionMethods.Append((CompilationUnitSyntax)tree.GetRoot(cancellationToken), classes, options);
            tree = CSharpSyntaxTree.Create(root, options, tree.FilePath, tree.GetText(cancellationToken).Encoding);
        }

        return new RewrittenCell(tree, library, resources, length);
    }
}
