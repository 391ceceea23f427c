using CSharpKernel.Cells;
using CSharpKernel.Scripting;
using CSharpKernel.Scripting.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace CSharpKernel.Completion;

/// <summary>
/// The notebook as the compiler's editor services see it: each submission that declared something is a project that
/// builds on the one before, and the text being written is the last.
/// </summary>
internal sealed class ScriptWorkspace(ScriptSession session, string folder)
{
    // Solutions are immutable: one is kept, and none is ever applied to the workspace it came from.
    private Solution _solution = new AdhocWorkspace().CurrentSolution;
    private readonly HashSet<CSharpCompilation> _known = [];
    private ProjectId? _last;

    /// <summary>The text being written, as a document in the notebook's context.</summary>
    public async Task<Document> CreateDocumentAsync(string code, CancellationToken cancellationToken)
    {
        var rewritten = CellRewriter.Rewrite(CSharpSyntaxTree.ParseText(code, ScriptParsing.Options, cancellationToken: cancellationToken), cancellationToken).Script;
        // The text being written is not kept: the next request starts from the notebook again.
        Solution written;
        ProjectId project;
        lock (_known)
        {
            CatchUp(cancellationToken);
            (written, project) = Add("Written", rewritten.GetText(cancellationToken), session.References.All);
        }

        ReferenceBinding.Bind((await written.GetProject(project)!.GetCompilationAsync(cancellationToken))!);
        return written.GetProject(project)!.Documents.Single();
    }

    private void CatchUp(CancellationToken cancellationToken)
    {
        var missing = new Stack<CSharpCompilation>();
        for (var compilation = session.Latest; compilation is not null && !_known.Contains(compilation); compilation = compilation.ScriptCompilationInfo!.PreviousScriptCompilation)
            missing.Push(compilation);
        while (missing.TryPop(out var compilation))
        {
            (_solution, _last) = Add(compilation.AssemblyName!, compilation.SyntaxTrees[0].GetText(cancellationToken), compilation.ExternalReferences);
            _known.Add(compilation);
        }
    }

    private (Solution Solution, ProjectId Project) Add(string name, SourceText text, IEnumerable<MetadataReference> references)
    {
        var id = ProjectId.CreateNewId(name);
        var project = ProjectInfo.Create(
            id, VersionStamp.Create(), name, name, LanguageNames.CSharp,
            compilationOptions: ScriptSession.CreateOptions(folder, name),
            parseOptions: ScriptParsing.Options,
            metadataReferences: references,
            projectReferences: _last is null ? [] : [new ProjectReference(_last)],
            isSubmission: true);
        var solution = _solution.AddProject(project).AddDocument(DocumentInfo.Create(
            DocumentId.CreateNewId(id), name, sourceCodeKind: SourceCodeKind.Script,
            loader: TextLoader.From(TextAndVersion.Create(text, VersionStamp.Create()))));
        return (solution, id);
    }
}
