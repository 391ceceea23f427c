using System.Globalization;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace CSharpKernel.Scripting;

/// <summary>Reads the XML documentation beside an assembly, and only when somebody asks.</summary>
internal sealed class LazyDocumentation : DocumentationProvider
{
    private readonly string _path;
    private readonly Lazy<Dictionary<string, string>> _members;

    private LazyDocumentation(string path)
    {
        _path = path;
        _members = new(() => XDocument.Load(path).Descendants("member")
            .Where(member => member.Attribute("name") is not null)
            .GroupBy(member => member.Attribute("name")!.Value)
            .ToDictionary(group => group.Key, group => group.First().ToString()));
    }

    /// <summary>A provider for the file named like the assembly, or none when there is no such file.</summary>
    public static DocumentationProvider For(string assembly) =>
        Path.ChangeExtension(assembly, ".xml") is var xml && File.Exists(xml) ? new LazyDocumentation(xml) : Default;

    public override bool Equals(object? obj) => obj is LazyDocumentation other && other._path == _path;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_path);

    protected override string? GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        _members.Value.GetValueOrDefault(documentationMemberID);
}
