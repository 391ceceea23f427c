using System.Text;
using CSharpKernel.Cells;
using CSharpKernel.Scripting.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CSharpKernel.Scripting;

/// <summary>
/// Reads the files that <c>#load</c> brings in. The lines in them that ask for packages are for the kernel, and blanked for the compiler,
/// which knows only files.
/// </summary>
/// <param name="folder">The notebook's folder.</param>
/// <param name="withChecks">Whether loops in them get the checks that let them be interrupted.</param>
internal sealed class LoadedFiles(string folder, bool withChecks = true) : SourceFileResolver([], folder)
{
    private bool WithChecks { get; } = withChecks;

    /// <summary>The lines for packages in all files that a piece of code loads, also through others.</summary>
    /// <param name="code">The code.</param>
    /// <param name="folder">The notebook's folder.</param>
    /// <exception cref="ReferenceException">A file is a notebook.</exception>
    public static IReadOnlyList<ReferenceDirective> FindPackages(string code, string folder)
    {
        if (!code.Contains("#load", StringComparison.Ordinal))
            return [];
        var files = new LoadedFiles(folder);
        var found = new List<ReferenceDirective>();
        var open = new Queue<(string Code, string? Path)>([(code, null)]);
        var visited = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryDequeue(out var next))
        {
            foreach (var load in Directives(next.Code).OfType<LoadDirectiveTriviaSyntax>().Where(load => load.IsActive))
            {
                // A file that is missing is the compiler's to tell.
                if (files.ResolveReference(load.File.ValueText, next.Path) is not { } path || !visited.Add(path))
                    continue;
                if (Path.GetExtension(path).ToLowerInvariant() is ".ipynb" or ".dib")
                    throw new ReferenceException($"#load reads files of C# code, and {load.File.ValueText} is a notebook. Write #!import {load.File.ValueText} to run its cells here.");
                var text = File.ReadAllText(path);
                found.AddRange(ReadPackages(text).Where(each => each.IsActive).Select(each => each.Package));
                open.Enqueue((text, path));
            }
        }

        return found;
    }

    public override string? ResolveReference(string path, string? baseFilePath) => base.ResolveReference(NotebookPath.ExpandHome(path), baseFilePath);

    public override Stream OpenRead(string resolvedPath)
    {
        var text = File.ReadAllText(resolvedPath);
        var blanked = new StringBuilder(text);
        foreach (var (span, _, _) in ReadPackages(text))
            for (var index = span.Start; index < span.End; index++)
                if (blanked[index] is not ('\r' or '\n'))
                    blanked[index] = ' ';
        return new MemoryStream([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(WithChecks ? LoopChecks.Add(blanked.ToString(), ScriptParsing.Options) : blanked.ToString())]);
    }

    public override bool Equals(object? other) => other is LoadedFiles files && files.WithChecks == WithChecks && base.Equals(other);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), WithChecks);

    // The compiler looks for the files of what an #if leaves out, too.
    private static IEnumerable<(TextSpan Span, bool IsActive, ReferenceDirective Package)> ReadPackages(string text)
    {
        foreach (var directive in Directives(text))
            if (ReferenceDirective.Parse(text[directive.SpanStart..directive.Span.End], 0) is { Kind: ReferenceKind.Package or ReferenceKind.PackageSource } package)
                yield return (directive.Span, directive.IsActive, package);
    }

    private static IEnumerable<DirectiveTriviaSyntax> Directives(string text) =>
        CSharpSyntaxTree.ParseText(text, ScriptParsing.Options).GetRoot().DescendantTrivia(descendIntoTrivia: false)
            .Select(trivia => trivia.GetStructure()).OfType<DirectiveTriviaSyntax>();
}
