using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CSharpKernel.Completion;

/// <summary>Code that is being written, as the compiler understands it after all cells that ran.</summary>
/// <param name="Root">The code.</param>
/// <param name="Model">What its names mean.</param>
internal sealed record WrittenCode(SyntaxNode Root, SemanticModel Model)
{
    /// <summary>The last token that ends at or before a position; of no kind at the start.</summary>
    public SyntaxToken TokenBefore(int position)
    {
        if (position <= 0)
            return default;
        var token = Root.FindToken(Math.Min(position - 1, Root.FullSpan.End), findInsideTrivia: true);
        while (!token.IsKind(SyntaxKind.None) && (token.SpanStart >= position || token.Span.IsEmpty))
            token = token.GetPreviousToken(includeSkipped: true, includeDirectives: true);
        return token;
    }

    /// <summary>Whether a position is inside a comment, a string or a number, where there is nothing to complete.</summary>
    public bool IsInsideText(int position)
    {
        var trivia = Root.FindTrivia(position);
        if (position > 0 && trivia.IsKind(SyntaxKind.None))
            trivia = Root.FindTrivia(position - 1);
        if (trivia.FullSpan.Start < position && IsComment(trivia) && (position < trivia.FullSpan.End || !trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)))
            return true;
        var token = TokenBefore(position);
        return IsText(token) && (position < token.Span.End || token.ContainsDiagnostics || token.IsKind(SyntaxKind.InterpolatedStringTextToken) || token.IsKind(SyntaxKind.NumericLiteralToken) && position == token.Span.End);
    }

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia or SyntaxKind.DisabledTextTrivia or SyntaxKind.PreprocessingMessageTrivia;

    private static bool IsText(SyntaxToken token) => token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken
        or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringTextToken
        or SyntaxKind.CharacterLiteralToken or SyntaxKind.NumericLiteralToken;
}
