using System.Xml;
using System.Xml.Linq;
using NotebookTestRunner.Comparison.Html;

namespace NotebookTestRunner.Comparison;

/// <summary>Compares SVG figures by structure: elements in order, attributes in any order, coordinates within tolerance.</summary>
internal static class SvgComparer
{
    private const int MostDepth = 500;
    private const double MostOfColour = 255;
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };

    /// <summary>Where two figures first differ and how, or null when they agree.</summary>
    public static string? Difference(string stored, string now, TextComparer text)
    {
        XElement storedRoot, nowRoot;
        try
        {
            if (IsTooDeep(stored) || IsTooDeep(now)) return stored == now ? null : "not the same text as stored, and nested too deep to be compared by structure";
            storedRoot = Parse(stored);
            nowRoot = Parse(now);
        }
        catch (XmlException error)
        {
            // A figure that is not XML cannot be compared by structure, but it can still be the same text.
            return stored == now ? null : $"not well-formed XML ({error.Message}), and not the same text as stored";
        }
        NumberIds(storedRoot);
        NumberIds(nowRoot);
        return Elements(storedRoot, nowRoot, text, storedRoot.Name.LocalName);
    }

    private static XElement Parse(string svg)
    {
        using var reader = XmlReader.Create(new StringReader(svg), Settings);
        return XElement.Load(reader);
    }

    /// <summary>Looked at before the figure is read as a tree, which takes minutes for one that is nested a hundred thousand deep.</summary>
    private static bool IsTooDeep(string svg)
    {
        using var reader = XmlReader.Create(new StringReader(svg), Settings);
        while (reader.Read())
        {
            if (reader.Depth > MostDepth) return true;
        }
        return false;
    }

    // Matplotlib and others make ids up anew in each run.
    private static void NumberIds(XElement root)
    {
        var ids = new GeneratedIds();
        foreach (var id in root.DescendantsAndSelf().Attributes().Where(attribute => attribute.Name.LocalName is "id" or "class")) ids.Collect(id.Value);
        foreach (var attribute in root.DescendantsAndSelf().Attributes().Where(attribute => !attribute.IsNamespaceDeclaration)) attribute.Value = ids.Replace(attribute.Value);
    }

    private static string? Elements(XElement stored, XElement now, TextComparer text, string path)
    {
        if (stored.Name != now.Name) return $"{path}: stored <{stored.Name.LocalName}>, now <{now.Name.LocalName}>";
        foreach (var name in stored.Attributes().Concat(now.Attributes()).Select(attribute => attribute.Name).Distinct())
        {
            if (!Agree(stored.Attribute(name)?.Value, now.Attribute(name)?.Value, text))
                return $"{path}/@{name.LocalName}: stored {Short(stored.Attribute(name)?.Value)}, now {Short(now.Attribute(name)?.Value)}";
        }
        if (!Agree(OwnText(stored), OwnText(now), text)) return $"{path}: stored text {Short(OwnText(stored))}, now {Short(OwnText(now))}";

        var storedChildren = stored.Elements().ToList();
        var nowChildren = now.Elements().ToList();
        if (storedChildren.Count != nowChildren.Count) return $"{path}: stored {storedChildren.Count} elements inside, now {nowChildren.Count}";
        return storedChildren.Zip(nowChildren)
            .Select((pair, i) => Elements(pair.First, pair.Second, text, $"{path}/{pair.First.Name.LocalName}[{i + 1}]"))
            .FirstOrDefault(found => found is not null);
    }

    private static string OwnText(XElement element) => string.Concat(element.Nodes().OfType<XText>().Select(node => node.Value)).Trim();

    private static bool Agree(string? stored, string? now, TextComparer text)
    {
        if (stored is null || now is null) return stored == now;
        // A colour may stand for a number: each of its parts is compared as a share of what it can be.
        if (Colour(stored) is { } before && Colour(now) is { } after)
            return before.Zip(after).All(pair => text.Agree(MostOfColour, MostOfColour - Math.Abs(pair.First - pair.Second)));
        return text.Agree(text.Normalize(stored), text.Normalize(now));
    }

    /// <summary>Red, green and blue of a colour such as <c>#6e8cb2</c>, or null.</summary>
    private static byte[]? Colour(string value) =>
        value.Length == 7 && value[0] == '#' && value.Skip(1).All(char.IsAsciiHexDigit) ? Convert.FromHexString(value.AsSpan(1)) : null;

    private static string Short(string? value) => value is null ? "nothing" : value.Length > 120 ? $"\"{value[..120]}…\"" : $"\"{value}\"";
}
