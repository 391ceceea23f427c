using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CSharpKernel.Scripting.Rewriting;

/// <summary>
/// A cell in the form that the compiler takes as a script. Every part of the user's text keeps its line and column;
/// what is added stands behind it.
/// </summary>
/// <param name="Script">What is compiled as the cell.</param>
/// <param name="Library">What is compiled apart from it, at the same places of an otherwise blank text; null when there is nothing.</param>
/// <param name="Resources">The variables declared with <c>using</c>, in their order.</param>
/// <param name="Length">The length of the user's text.</param>
internal sealed record RewrittenCell(SyntaxTree Script, string? Library, IReadOnlyList<Resource> Resources, int Length)
{
    /// <summary>Brings the compiler's messages to places in the user's text, in the order of the text.</summary>
    public IEnumerable<Diagnostic> Place(IEnumerable<Diagnostic> found)
    {
        var ordered = found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ToList();
        if (!ordered.Exists(IsBehind))
            return ordered;
        // What is wrong with an added method is wrong with the method it hands over to, and said there; unless the two clash with a third.
        var own = ordered.Where(diagnostic => !IsBehind(diagnostic)).ToList();
        return own.Exists(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? own
            : [.. own, .. ordered.Where(diagnostic => IsBehind(diagnostic) && diagnostic.Severity == DiagnosticSeverity.Error).Select(MoveToClass)];
    }

    private bool IsBehind(Diagnostic diagnostic) => diagnostic.Location.SourceTree == Script && diagnostic.Location.SourceSpan.Start > Length;

    private Diagnostic MoveToClass(Diagnostic diagnostic)
    {
        var method = Script.GetRoot().FindNode(diagnostic.Location.SourceSpan).AncestorsAndSelf().OfType<MethodDeclarationSyntax>().LastOrDefault();
        var origin = ((CompilationUnitSyntax)Script.GetRoot()).Members.OfType<ClassDeclarationSyntax>()
            .SelectMany(type => type.Members.OfType<MethodDeclarationSyntax>())
            .FirstOrDefault(each => each.Identifier.ValueText == method?.Identifier.ValueText);
        var place = origin?.Identifier.Span ?? new TextSpan(0, 0);
        var descriptor = new DiagnosticDescriptor(
            diagnostic.Id, diagnostic.Id, "{0}", diagnostic.Descriptor.Category, diagnostic.Severity, isEnabledByDefault: true);
        return Diagnostic.Create(descriptor, Location.Create(Script, place), diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }
}
