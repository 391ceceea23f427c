using Markdig.Syntax.Inlines;

namespace NotebookTestRunner.Checks.Prose;

/// <summary>What stands before a claim's comment: the part of the text that is bound to a value.</summary>
/// <param name="Kind">How it is written.</param>
/// <param name="Start">Where its text begins in the cell.</param>
/// <param name="Text">Its text without what marks it up; of a link or picture its label.</param>
/// <param name="Target">Where a link or picture points to, and where that begins in the cell; null for everything else.</param>
internal sealed record ClaimSubject(SubjectKind Kind, int Start, string Text, (int Start, string Text)? Target = null)
{
    /// <summary>The number it ends with, or null.</summary>
    public ShownNumber? Number { get; } = ShownNumber.ReadEnd(Text);

    /// <summary>The name or path it is, and where that begins: all of what is marked up or in quotation marks, else the last word.</summary>
    public (int Start, string Text) Name
    {
        get
        {
            if (Target is { } target) return target;
            if (Kind != SubjectKind.Plain) return (Start, Text);
            if (Text is [.., var closing] && "\"'”’".IndexOf(closing, StringComparison.Ordinal) is var quote and >= 0
                && Text[..^1].LastIndexOf("\"'“‘"[quote]) is var opening and >= 0)
            {
                return (Start + opening + 1, Text[(opening + 1)..^1]);
            }
            var word = Text.Length;
            while (word > 0 && !char.IsWhiteSpace(Text[word - 1]) && !"()[]{}\",;:!?“”".Contains(Text[word - 1], StringComparison.Ordinal)) word--;
            return (Start + word, Text[word..]);
        }
    }

    /// <summary>Finds what stands before a comment.</summary>
    /// <param name="source">The cell's text.</param>
    /// <param name="comment">The comment as it was parsed.</param>
    /// <returns>Null when there is nothing that could be bound.</returns>
    public static ClaimSubject? Before(string source, HtmlInline comment)
    {
        var end = comment.Span.Start;
        var before = comment.PreviousSibling;
        while (before is (LiteralInline or HtmlEntityInline) && string.IsNullOrWhiteSpace(source[before.Span.Start..end])) before = before.PreviousSibling;
        switch (before)
        {
            case CodeInline code:
                return new(SubjectKind.Code, code.Span.Start + source.AsSpan(code.Span.Start, code.Span.Length).IndexOf(code.Content, StringComparison.Ordinal), code.Content);
            case EmphasisInline { FirstChild: CodeInline code } emphasis when emphasis.FirstChild == emphasis.LastChild:
                return new(SubjectKind.Code, code.Span.Start + source.AsSpan(code.Span.Start, code.Span.Length).IndexOf(code.Content, StringComparison.Ordinal), code.Content);
            case EmphasisInline emphasis:
                var inner = source[(emphasis.Span.Start + emphasis.DelimiterCount)..(emphasis.Span.End + 1 - emphasis.DelimiterCount)];
                return new(SubjectKind.Emphasis, emphasis.Span.Start + emphasis.DelimiterCount, inner);
            case LinkInline { Url: { } url } link when !link.IsAutoLink:
                // What a link by reference points to stands elsewhere in the cell, if at all.
                var target = link.Reference?.UrlSpan ?? link.UrlSpan;
                return new(SubjectKind.Link, link.LabelSpan.Start, link.LabelSpan.IsEmpty ? "" : source.Substring(link.LabelSpan.Start, link.LabelSpan.Length),
                    target.IsEmpty ? (-1, url) : (target.Start, source.Substring(target.Start, target.Length)));
            case LiteralInline or HtmlEntityInline:
                var first = before;
                while (first.PreviousSibling is LiteralInline or HtmlEntityInline) first = first.PreviousSibling;
                return Before(source, first.Span.Start, end);
            case HtmlInline:
                return Before(source, source.AsSpan(0, end).LastIndexOf('\n') + 1, end);
            default:
                return null;
        }
    }

    /// <summary>Finds what stands before a comment in text that is not Markdown, such as a table in HTML.</summary>
    /// <param name="source">The cell's text.</param>
    /// <param name="start">Where to look from, the begin of the line at the earliest.</param>
    /// <param name="end">Where the comment begins.</param>
    public static ClaimSubject? Before(string source, int start, int end)
    {
        var text = source[start..end].TrimEnd(' ', '\t');
        while (text.EndsWith('>') && text.LastIndexOf('<') is var tag and >= 0) text = text[..tag].TrimEnd(' ', '\t');
        var from = text.LastIndexOf('>') + 1;
        text = text[from..];
        return string.IsNullOrWhiteSpace(text) ? null : new(SubjectKind.Plain, start + from, text);
    }
}
