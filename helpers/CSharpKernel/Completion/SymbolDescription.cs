using System.Globalization;
using System.Net;
using System.Text;
using CSharpKernel.Display;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Completion;

/// <summary>Explains a name: its signature and what its documentation says. In detail also its other overloads, its members, and the code of what a cell declared.</summary>
internal static class SymbolDescription
{
    private const int MemberLimit = 60;

    // JupyterLab always asks for the lower level: it would never show an overload.
    private const int OverloadLimit = 8;

    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeAccessibility)
        .AddKindOptions(SymbolDisplayKindOptions.IncludeTypeKeyword | SymbolDisplayKindOptions.IncludeNamespaceKeyword)
        .AddParameterOptions(SymbolDisplayParameterOptions.IncludeDefaultValue);

    /// <summary>Explains the name at a position, or the method whose arguments stand there.</summary>
    /// <param name="code">The code.</param>
    /// <param name="position">The cursor.</param>
    /// <param name="isDetailed">Whether all is wanted (Jupyter's detail level 1).</param>
    /// <returns>Null when there is nothing to explain.</returns>
    public static DisplayBundle? Find(WrittenCode code, int position, bool isDetailed)
    {
        if (code.Root.FullSpan.IsEmpty)
            return null;
        foreach (var node in Candidates(code.Root, position))
        {
            var info = code.Model.GetSymbolInfo(node);
            var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault() ?? code.Model.GetDeclaredSymbol(node);
            if (symbol is null && node is ExpressionSyntax)
                symbol = code.Model.GetMemberGroup(node).FirstOrDefault();
            if (symbol is null or IErrorTypeSymbol)
                continue;
            var overloads = node is ExpressionSyntax ? code.Model.GetMemberGroup(node) : [];
            return Describe(symbol, [.. overloads.Where(other => !SymbolEqualityComparer.Default.Equals(other, symbol))], isDetailed);
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

    private static DisplayBundle Describe(ISymbol symbol, IReadOnlyList<ISymbol> overloads, bool isDetailed)
    {
        var signature = Signature(symbol);
        if (overloads.Count > 0)
            signature += $"  (+ {overloads.Count} overload{(overloads.Count > 1 ? "s" : "")})";
        var plain = new StringBuilder(signature);
        var html = new StringBuilder($"<pre><code>{WebUtility.HtmlEncode(signature)}</code></pre>");
        foreach (var (title, text) in Documentation.Read(symbol, isDetailed))
        {
            plain.Append(title.Length == 0 ? $"\n\n{text}" : $"\n  {title}: {text}");
            html.Append(title.Length == 0 ? $"<p>{WebUtility.HtmlEncode(text)}</p>" : $"<p><b>{WebUtility.HtmlEncode(title)}</b>: {WebUtility.HtmlEncode(text)}</p>");
        }

        AddLines("Overloads", Limit(overloads.Select(Signature), isDetailed ? int.MaxValue : OverloadLimit));
        if (isDetailed)
        {
            AddLines("Members", symbol is INamedTypeSymbol type ? Members(type) : []);
            AddLines("Declared in the notebook as", symbol.DeclaringSyntaxReferences.Take(1).SelectMany(reference => Source(reference).ReplaceLineEndings("\n").Split('\n')));
        }

        return DisplayBundle.OfHtml(html.ToString(), plain.ToString());

        void AddLines(string title, IEnumerable<string> lines)
        {
            var all = lines.ToList();
            if (all.Count == 0)
                return;
            plain.Append("\n\n").Append(title).Append(":\n  ").AppendJoin("\n  ", all);
            html.Append("<p><b>").Append(title).Append("</b></p><pre><code>").Append(WebUtility.HtmlEncode(string.Join('\n', all))).Append("</code></pre>");
        }
    }

    private static string Signature(ISymbol symbol) => symbol is IFieldSymbol { ContainingType.IsScriptClass: true } variable
        ? $"{variable.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} {variable.Name}"
        : symbol.ToDisplayString(Format);

    private static IEnumerable<string> Members(INamedTypeSymbol type)
    {
        var members = type.GetMembers().Where(member => member.DeclaredAccessibility == Accessibility.Public && !member.IsImplicitlyDeclared
            && (!SymbolText.IsHidden(member) || member is IMethodSymbol { MethodKind: MethodKind.Constructor })).ToList();
        return Limit(members.Select(member => member.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)), MemberLimit);
    }

    private static IEnumerable<string> Limit(IEnumerable<string> lines, int limit)
    {
        var all = lines.ToList();
        return all.Count > limit ? all.Take(limit).Append(string.Create(CultureInfo.InvariantCulture, $"… {all.Count - limit} more")) : all;
    }

    // A variable's declaration is the whole statement.
    private static string Source(SyntaxReference reference) =>
        (reference.GetSyntax() is VariableDeclaratorSyntax { Parent.Parent: { } statement } ? statement : reference.GetSyntax()).ToString();
}
