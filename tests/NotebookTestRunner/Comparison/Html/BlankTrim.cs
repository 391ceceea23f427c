namespace NotebookTestRunner.Comparison.Html;

/// <summary>
/// Takes out the blanks that nobody sees: at the beginning and the end of a line of text, and after another blank. A line goes through elements such
/// as <c>b</c> and ends at blocks.
/// </summary>
internal sealed class BlankTrim
{
    private static readonly HashSet<string> Blocks =
    [
        "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "col", "colgroup", "dd", "details", "dialog", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "legend", "li", "link", "main",
        "menu", "meta", "nav", "noscript", "ol", "optgroup", "option", "p", "pre", "script", "section", "select", "style", "summary", "svg", "table", "tbody", "td",
        "template", "tfoot", "th", "thead", "title", "tr", "ul",
    ];

    // They stand in a line as a letter does.
    private static readonly HashSet<string> Letters = ["audio", "button", "canvas", "embed", "iframe", "img", "input", "meter", "object", "progress", "textarea", "video"];

    // Whether a blank that comes next is not seen.
    private bool afterBlank = true;

    // The text that ended with a blank, if nothing that is seen came after it.
    private (HtmlNode Parent, int Index)? last;

    /// <summary>Whether blanks in an element are seen as they are written.</summary>
    public static bool Keeps(HtmlNode node) => node.Name is "pre" or "textarea" or "listing";

    /// <summary>Takes them out of a page.</summary>
    public static void Trim(HtmlNode page)
    {
        var trim = new BlankTrim();
        trim.Trim(page, keeps: false);
        trim.EndLine();
        RemoveEmpty(page);
    }

    private static void RemoveEmpty(HtmlNode node)
    {
        node.Children.RemoveAll(child => child.Name is null && child.Text.Length == 0);
        foreach (var child in node.Children) RemoveEmpty(child);
    }

    private void Trim(HtmlNode node, bool keeps)
    {
        keeps |= Keeps(node);
        var (isBlock, isLetter) = (Blocks.Contains(node.Name!), Letters.Contains(node.Name!));
        if (isBlock) EndLine();
        if (isLetter) Show();
        // What is inside a button is a line of its own.
        var inside = isLetter ? new BlankTrim() : this;
        for (var i = 0; i < node.Children.Count; i++)
        {
            if (node.Children[i].Name is null) inside.Take(node, i, keeps);
            else inside.Trim(node.Children[i], keeps);
        }
        if (isBlock) EndLine();
        else if (isLetter) inside.EndLine();
    }

    private void Take(HtmlNode parent, int index, bool keeps)
    {
        var text = parent.Children[index].Text;
        if (!keeps && afterBlank) text = text.TrimStart(' ');
        parent.Children[index] = new HtmlNode(null, text);
        if (text.Length == 0) return;
        Show();
        if (!text.EndsWith(' ')) return;
        (afterBlank, last) = (!keeps, (parent, index));
    }

    private void Show() => (afterBlank, last) = (false, null);

    private void EndLine()
    {
        if (last is var (parent, index)) parent.Children[index] = new HtmlNode(null, parent.Children[index].Text.TrimEnd(' '));
        (afterBlank, last) = (true, null);
    }
}
