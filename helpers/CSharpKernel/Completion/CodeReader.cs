using CSharpKernel.Cells;
using CSharpKernel.Scripting;
using CSharpKernel.Scripting.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CSharpKernel.Completion;

/// <summary>
/// Lets the compiler read code that is being written. The compiler's own editor services know more about C# (fixes, snippets), but
/// take 1.4 s for their first answer and keep each cell twice; a compilation of the cell with its names takes some milliseconds.
/// </summary>
internal sealed class CodeReader(ScriptSession session, string folder)
{
    private readonly Lock _lock = new();
    private CSharpCompilation? _empty;
    private CSharpCompilation? _latest;
    private IReadOnlyCollection<MetadataReference> _references = [];

    /// <summary>Reads code.</summary>
    public WrittenCode Read(string code, CancellationToken cancellationToken)
    {
        var tree = CellRewriter.Rewrite(CSharpSyntaxTree.ParseText(code, ScriptParsing.Options, cancellationToken: cancellationToken), isShadowed: null, cancellationToken).Script;
        var compilation = Empty().AddSyntaxTrees(tree);
        ReferenceBinding.Bind(compilation);
        return new WrittenCode(tree.GetRoot(cancellationToken), compilation.GetSemanticModel(tree));
    }

    // An empty cell is kept as long as nothing runs, because one that is made of it has its references bound already.
    private CSharpCompilation Empty()
    {
        lock (_lock)
        {
            var (latest, references) = (session.Latest, session.Libraries.With(session.References.Current));
            if (_empty is null || latest != _latest || !references.SequenceEqual(_references))
            {
                (_latest, _references) = (latest, references);
                _empty = CSharpCompilation.CreateScriptCompilation("Written", null, session.Libraries.With(session.References.All), ScriptSession.CreateOptions(folder, "Written"), latest);
                ReferenceBinding.Bind(_empty);
            }

            return _empty;
        }
    }
}
