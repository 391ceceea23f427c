using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace NotebookTestRunner.Comparison.Html;

/// <summary>
/// Reads HTML into what counts of it: attributes in any order, classes as a set, styles as declarations, ids that were made up by
/// number, blanks only where they are seen, comments not at all.
/// </summary>
internal sealed partial class HtmlReader
{
    /// <summary>Deeper pages are compared as text.</summary>
    private const int MostDepth = 200;

    /// <summary>Well above the depth, because paragraphs, list items and the like need not be closed.</summary>
    private const int MostOpenTags = 5000;

    private readonly GeneratedIds ids = new();

    private HtmlReader()
    {
    }

    /// <summary>The page's root element; null when it is nested too deep to compare by structure.</summary>
    public static HtmlNode? Read(string html)
    {
        if (MayBeTooDeep(html)) return null;
        var document = new HtmlParser().ParseDocument(html);
        if (document.DocumentElement is not { } root || IsTooDeep(root)) return null;
        var reader = new HtmlReader();
        foreach (var element in document.All)
        {
            if (element.Id is { } id) reader.ids.Collect(id);
            if (element.ClassName is { } classes) reader.ids.Collect(classes);
        }
        var page = reader.Convert(root, preserve: false);
        BlankTrim.Trim(page);
        return page;
    }

    /// <summary>A look at the tags alone: the parser takes minutes for a page that is nested a hundred thousand deep.</summary>
    private static bool MayBeTooDeep(string html)
    {
        var open = 0;
        foreach (var tag in Tags().EnumerateMatches(html))
        {
            open += html[tag.Index + 1] == '/' ? -1 : 1;
            if (open > MostOpenTags) return true;
        }
        return false;
    }

    private static bool IsTooDeep(IElement root)
    {
        var level = new List<IElement> { root };
        for (var depth = 0; level.Count > 0; depth++)
        {
            if (depth > MostDepth) return true;
            level = [.. level.SelectMany(element => element.Children)];
        }
        return false;
    }

    private HtmlNode Convert(IElement element, bool preserve)
    {
        var node = new HtmlNode(element.LocalName.ToLowerInvariant(), "");
        foreach (var attribute in element.Attributes) node.Attributes[attribute.Name] = Value(attribute.Name, ids.Replace(attribute.Value));

        preserve |= BlankTrim.Keeps(node);
        foreach (var child in element.ChildNodes)
        {
            if (child is IElement inner) node.Children.Add(Convert(inner, preserve));
            else if (child is IText text) AddText(node, node.Name is "style" or "script" ? ids.Replace(text.Data) : text.Data, preserve);
        }
        return node;
    }

    private static void AddText(HtmlNode node, string text, bool preserve)
    {
        if (!preserve) text = Blank().Replace(text, " ");
        // A comment between two texts is not seen.
        if (node.Children is [.., { Name: null } last]) node.Children[^1] = last with { Text = preserve ? last.Text + text : Blank().Replace(last.Text + text, " ") };
        else node.Children.Add(new HtmlNode(null, text));
    }

    private static string Value(string name, string value) => name switch
    {
        "class" => string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal)),
        "style" => string.Join("; ", value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Declaration).Order(StringComparer.Ordinal)),
        _ => value,
    };

    private static string Declaration(string declaration) => declaration.Split(':', 2, StringSplitOptions.TrimEntries) is [var property, var value]
        ? $"{property.ToLowerInvariant()}: {Blank().Replace(value, " ")}"
        : declaration;

    [GeneratedRegex(@"[ \t\r\n\f]+")]
    private static partial Regex Blank();

    // Tags that end what they began or are to be ended, others aside.
    [GeneratedRegex(@"</[a-z]|<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)[a-z](?:[^<>]*[^<>/])?>", RegexOptions.IgnoreCase)]
    private static partial Regex Tags();
}
