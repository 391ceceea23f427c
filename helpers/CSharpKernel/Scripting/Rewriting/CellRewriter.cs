using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CSharpKernel.Scripting.Rewriting;

/// <summary>Brings code that is good C# but no C# script into a form that is one. A cell that needs nothing of it goes through untouched.</summary>
internal static class CellRewriter
{
    /// <summary>Rewrites a cell where it must be.</summary>
    public static RewrittenCell Rewrite(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot(cancellationToken);
        var length = root.FullSpan.Length;
        var resources = new List<Resource>();
        var options = (CSharpParseOptions)tree.Options;
        var text = "";

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

        if (ExtensionMethods.Find(root) is { Count: > 0 } classes)
        {
            tree = Parse(BlankedText.Without(root.ToFullString(), ExtensionMethods.Words(classes)));
            root = ExtensionMethods.Append((CompilationUnitSyntax)tree.GetRoot(cancellationToken), classes, options);
            tree = CSharpSyntaxTree.Create(root, options, tree.FilePath, tree.GetText(cancellationToken).Encoding);
        }

        return new RewrittenCell(tree, null, resources, length);
    }
}
