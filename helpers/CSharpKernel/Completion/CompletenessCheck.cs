using CSharpKernel.Cells;
using CSharpKernel.Scripting.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CSharpKernel.Completion;

/// <summary>Tells consoles whether Enter should run the text or begin a new line (Jupyter messaging, "code completeness").</summary>
internal static class CompletenessCheck
{
    private const string IndentUnit = "    ";

    // The one text that can go on and that the compiler's own judgement takes for finished.
    private const string UnterminatedRawString = "CS8997";

    // Refused in scripts, but not by this kernel.
    private const string NamespaceInScript = "CS7021";

    /// <summary>Judges a text: <c>complete</c>, <c>incomplete</c> with the next line's indent, or <c>invalid</c>.</summary>
    public static (string Status, string Indent) Judge(string code, Func<string, bool> takesText)
    {
        var last = CellSplitter.Split(code, takesText)[^1];
        if (last.Magic is not null)
            return ("complete", "");
        var tree = CellRewriter.Rewrite(CSharpSyntaxTree.ParseText(last.Text, ScriptParsing.Options), isShadowed: null, CancellationToken.None).Script;
        var errors = tree.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != NamespaceInScript).ToList();
        if (errors.Exists(error => error.Id == UnterminatedRawString))
            return ("incomplete", "");
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return ("incomplete", Indent(tree));
        return (errors.Count > 0 ? "invalid" : "complete", "");
    }

    private static string Indent(SyntaxTree tree)
    {
        var depth = 0;
        foreach (var token in tree.GetRoot().DescendantTokens().Where(token => !token.IsMissing))
            depth += token.Kind() switch
            {
                SyntaxKind.OpenBraceToken or SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken => 1,
                SyntaxKind.CloseBraceToken or SyntaxKind.CloseParenToken or SyntaxKind.CloseBracketToken => -1,
                _ => 0,
            };
        return string.Concat(Enumerable.Repeat(IndentUnit, Math.Max(0, depth)));
    }
}
