namespace NotebookTestRunner.Reports;

/// <summary>
/// Tells HTML that ends where it seems to end from HTML that would swallow what follows it in the page: an open comment, tag, quote or style. What
/// browsers read in surprising ways counts as open.
/// </summary>
internal static class HtmlShape
{
    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li", "td", "th", "tr", "thead", "tbody", "tfoot", "dt", "dd", "option", "colgroup",
    };

    /// <summary>Whether every comment, tag, quote and style is closed.</summary>
    public static bool IsClosed(string html) => Read(html, null);

    /// <summary>Whether it is closed, and each element ends within the text, save those that HTML ends by itself.</summary>
    public static bool IsBalanced(string html)
    {
        var open = new Stack<string>();
        return Read(html, open) && open.Count == 0;
    }

    private static bool Read(string html, Stack<string>? open)
    {
        for (var i = 0; i < html.Length; i++)
        {
            if (html[i] != '<' || i + 1 == html.Length) continue;
            var next = html[i + 1];
            if (next is '!' or '?')
            {
                if (SkipComment(html, i) is not { } end) return false;
                i = end;
            }
            else if (char.IsAsciiLetter(next) || next == '/')
            {
                if (SkipTag(html, i + 1) is not { } end) return false;
                var tag = html[(i + 1)..end];
                if (open is not null && !Follow(tag, open)) return false;
                i = end;
                if (!tag.StartsWith("style", StringComparison.OrdinalIgnoreCase)) continue;
                // Inside a style nothing is a tag but its own end.
                var close = html.IndexOf("</style>", i, StringComparison.OrdinalIgnoreCase);
                if (close < 0) return false;
                i = close - 1;
            }
        }
        return true;
    }

    private static int? SkipComment(string html, int start)
    {
        if (!html.AsSpan(start).StartsWith("<!--", StringComparison.Ordinal)) return null;
        var end = html.IndexOf("-->", start + 4, StringComparison.Ordinal);
        if (end < 0) return null;
        var text = html.AsSpan(start + 4, end - start - 4);
        return text.StartsWith(">", StringComparison.Ordinal) || text.StartsWith("->", StringComparison.Ordinal) || text.Contains("--!>", StringComparison.Ordinal) ? null : end + 2;
    }

    /// <summary>The index of the <c>&gt;</c> that ends a tag; null when there is none, or quotes stand where browsers do not take them for quotes.</summary>
    private static int? SkipTag(string html, int i)
    {
        while (i < html.Length)
        {
            switch (html[i])
            {
                case '>':
                    return i;
                case '"' or '\'' or '<' or '`':
                    return null;
                case '=':
                    i++;
                    while (i < html.Length && char.IsWhiteSpace(html[i])) i++;
                    if (i < html.Length && html[i] is '"' or '\'')
                    {
                        i = html.IndexOf(html[i], i + 1);
                        if (i < 0) return null;
                        i++;
                        break;
                    }
                    for (; i < html.Length && !char.IsWhiteSpace(html[i]) && html[i] != '>'; i++)
                    {
                        if (html[i] is '"' or '\'' or '<' or '=' or '`') return null;
                    }
                    break;
                default:
                    i++;
                    break;
            }
        }
        return null;
    }

    private static bool Follow(string tag, Stack<string> open)
    {
        var closes = tag.StartsWith('/');
        var name = new string([.. tag.Skip(closes ? 1 : 0).TakeWhile(c => !char.IsWhiteSpace(c) && c != '/')]).ToLowerInvariant();
        if (Void.Contains(name)) return true;
        if (closes) return open.TryPop(out var last) && last == name;
        if (!tag.EndsWith('/')) open.Push(name);
        return true;
    }
}
