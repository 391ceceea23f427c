using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CSharpKernel.Scripting.Libraries;

/// <summary>What the cells of a notebook have declared so far, the newest first.</summary>
/// <param name="latest">The last submission that declared something.</param>
internal sealed class NotebookChain(CSharpCompilation? latest)
{
    /// <summary>Whether a name means a type, or something that stands for one, of a cell.</summary>
    public bool HasType(string name) => Submissions().Any(submission =>
        submission.ScriptClass?.GetTypeMembers(name).IsEmpty == false
        || Root(submission).Usings.Any(each => each.Alias?.Name.Identifier.ValueText == name));

    /// <summary>The using directives that hold in the notebook, for code beside its cells.</summary>
    /// <param name="imports">What every cell imports.</param>
    /// <param name="references">What tells types among the imports from namespaces.</param>
    public IReadOnlyList<string> Usings(IEnumerable<string> imports, IEnumerable<MetadataReference> references)
    {
        var known = CSharpCompilation.Create("imports", references: references);
        var everywhere = imports.Select(import => known.GetTypeByMetadataName(import) is null ? $"using {import};" : $"using static {import};");
        var own = Submissions().SelectMany(submission => Root(submission).Usings.Where(each => !each.SemicolonToken.IsMissing && !IsOwn(each))
            .Select(each => each.WithGlobalKeyword(default).WithoutTrivia().ToString()));
        // The newest alias of a name wins.
        return [.. everywhere.Concat(own).Distinct(StringComparer.Ordinal).DistinctBy(each => each.Split('=') is [var alias, _] ? alias.Trim() : each).Select(each => $"global {each}")];
    }

    // What the rewriter wrote to show a library's type in place of a script's of the same name.
    private static bool IsOwn(UsingDirectiveSyntax directive) =>
        directive is { Alias.Name.Identifier.ValueText: var alias, NamespaceOrType: AliasQualifiedNameSyntax { Name.Identifier.ValueText: var target } } && alias == target;

    private static CompilationUnitSyntax Root(CSharpCompilation submission) => (CompilationUnitSyntax)submission.SyntaxTrees[0].GetRoot();

    private IEnumerable<CSharpCompilation> Submissions()
    {
        for (var submission = latest; submission is not null; submission = submission.ScriptCompilationInfo!.PreviousScriptCompilation)
            yield return submission;
    }
}
