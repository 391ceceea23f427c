using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace CSharpKernel.Completion;

/// <summary>Reads the XML documentation of a symbol as titled lines of text.</summary>
internal static class Documentation
{
    /// <summary>The parts of a symbol's documentation; the summary has no title.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="isDetailed">Whether remarks, exceptions and examples are wanted too.</param>
    public static IReadOnlyList<(string Title, string Text)> Read(ISymbol symbol, bool isDetailed)
    {
        var xml = symbol.GetDocumentationCommentXml(expandIncludes: true)?.Trim() ?? "";
        if (xml.Length == 0)
            return [];
        try
        {
            return ReadParts(XElement.Parse(xml.StartsWith("<member", StringComparison.Ordinal) || xml.StartsWith("<doc", StringComparison.Ordinal) ? xml : $"<doc>{xml}</doc>"), isDetailed);
        }
        catch (XmlException exception)
        {
            return [("documentation", $"cannot be read: {exception.Message}")];
        }
    }

    private static List<(string Title, string Text)> ReadParts(XElement member, bool isDetailed)
    {
        var parts = new List<(string, string)>();
        foreach (var element in member.Elements())
        {
            var title = element.Name.LocalName switch
            {
                "summary" or "value" => "",
                "param" or "typeparam" => element.Attribute("name")?.Value ?? "",
                "returns" => "returns",
                "remarks" when isDetailed => "remarks",
                "example" when isDetailed => "example",
                "exception" when isDetailed => $"throws {Short(element.Attribute("cref")?.Value ?? "")}",
                _ => null,
            };
            if (title is not null && Text(element) is { Length: > 0 } text)
                parts.Add((title, text));
        }

        return parts;
    }

    private static string Text(XElement element)
    {
        var text = string.Concat(element.Nodes().Select(node => node switch
        {
            XText words => words.Value,
            XElement { HasAttributes: true, IsEmpty: true } reference => Short(reference.FirstAttribute!.Value),
            XElement inner => Text(inner) + (inner.Name.LocalName == "para" ? " " : ""),
            _ => "",
        }));
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // "M:System.Console.WriteLine(System.String)" reads as "Console.WriteLine".
    private static string Short(string reference)
    {
        var name = reference.Split('(')[0];
        var kind = name.Length > 2 && name[1] == ':' ? name[0] : ' ';
        var parts = name[(kind == ' ' ? 0 : 2)..].Split('.');
        return string.Join('.', parts.TakeLast(kind is 'M' or 'P' or 'F' ? 2 : 1));
    }
}
