namespace NotebookTestRunner.Comparison.Html;

/// <summary>A piece of a page as it counts for the comparison: an element (with a name), or text.</summary>
/// <param name="Name">The element's name in lower case; null for text.</param>
/// <param name="Text">The text; empty for an element.</param>
internal sealed record HtmlNode(string? Name, string Text)
{
    /// <summary>Attributes by their names, values in one spelling.</summary>
    public SortedDictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    public List<HtmlNode> Children { get; } = [];

    /// <summary>All text inside, in order.</summary>
    public string InnerText => Name is null ? Text : string.Join(' ', Children.Select(child => child.InnerText).Where(text => text.Length > 0));

    /// <summary>The node and what is inside, a line for each.</summary>
    public IEnumerable<string> Outline(int depth = 0)
    {
        var indent = new string(' ', 2 * depth);
        if (Name is null) return (Text == " " ? "␣" : Text).Split('\n').Select(line => indent + line);
        return [$"{indent}<{string.Join(' ', [Name, .. Attributes.Select(attribute => $"{attribute.Key}=\"{attribute.Value}\"")])}>", .. Children.SelectMany(child => child.Outline(depth + 1))];
    }
}
