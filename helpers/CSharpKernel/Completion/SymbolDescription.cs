using System.Net;
using System.Text;
using System.Xml.Linq;
using CSharpKernel.Display;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Completion;

/// <summary>Explains a name: its signature and what its documentation says.</summary>
internal static class SymbolDescription
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeAccessibility)
        .AddKindOptions(SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeNamespaceKeyword);

    /// <summary>Explains the name at a position, or the method whose arguments stand there.</summary>
    public static async Task<DisplayBundle?> FindAsync(Document document, int position, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken))!;
        var model = (await document.GetSemanticModelAsync(cancellationToken))!;
        if (root.FullSpan.IsEmpty)
            return null;
        foreach (var node in Candidates(root, position))
        {
            var info = model.GetSymbolInfo(node, cancellationToken);
            var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault() ?? model.GetDeclaredSymbol(node, cancellationToken);
            if (symbol is not null)
                return Describe(symbol, node is ExpressionSyntax ? model.GetMemberGroup(node, cancellationToken).Length : 1, cancellationToken);
        }

        return null;
    }

    private static IEnumerable<SyntaxNode> Candidates(SyntaxNode root, int position)
    {
        var places = new[] { position, position - 1 }.Where(place => place >= 0 && place < root.FullSpan.End).Select(place => root.FindToken(place)).ToList();
        foreach (var token in places)
            if (token.Parent is SimpleNameSyntax or VariableDeclaratorSyntax or PredefinedTypeSyntax or BaseTypeDeclarationSyntax or MethodDeclarationSyntax or LocalFunctionStatementSyntax or SingleVariableDesignationSyntax or ParameterSyntax)
                yield return token.Parent;
        foreach (var list in places.SelectMany(token => token.Parent?.AncestorsAndSelf().OfType<ArgumentListSyntax>().Take(1) ?? []))
            yield return list.Parent switch
            {
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name,
                InvocationExpressionSyntax invocation => invocation.Expression,
                var other => other!,
            };
    }

    private static DisplayBundle Describe(ISymbol symbol, int overloads, CancellationToken cancellationToken)
    {
        var signature = symbol.ToDisplayString(Format);
        if (symbol is IFieldSymbol { ContainingType.IsScriptClass: true } variable)
            signature = $"{variable.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} {variable.Name}";
        if (overloads > 1)
            signature += $"  (+ {overloads - 1} overloads)";
        var xml = symbol.GetDocumentationCommentXml(expandIncludes: true, cancellationToken: cancellationToken);
        var parts = string.IsNullOrWhiteSpace(xml) ? [] : ReadParts(XElement.Parse(xml.TrimStart().StartsWith("<member", StringComparison.Ordinal) || xml.TrimStart().StartsWith("<doc", StringComparison.Ordinal) ? xml : $"<doc>{xml}</doc>"));

        var plain = new StringBuilder(signature);
        var html = new StringBuilder($"<pre><code>{WebUtility.HtmlEncode(signature)}</code></pre>");
        foreach (var (title, text) in parts)
        {
            plain.Append(title.Length == 0 ? $"\n\n{text}" : $"\n  {title}: {text}");
            html.Append(title.Length == 0 ? $"<p>{WebUtility.HtmlEncode(text)}</p>" : $"<p><b>{WebUtility.HtmlEncode(title)}</b>: {WebUtility.HtmlEncode(text)}</p>");
        }

        return DisplayBundle.OfHtml(html.ToString(), plain.ToString());
    }

    private static List<(string Title, string Text)> ReadParts(XElement member)
    {
        var parts = new List<(string, string)>();
        foreach (var element in member.Elements())
        {
            var title = element.Name.LocalName switch
            {
                "summary" or "remarks" or "value" => "",
                "param" or "typeparam" => element.Attribute("name")?.Value ?? "",
                "returns" => "returns",
                "exception" => $"throws {Short(element.Attribute("cref")?.Value ?? "")}",
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
