using System.Collections.Immutable;
using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using CSharpKernel.Cells;
using CSharpKernel.Scripting.Recursion;
using CSharpKernel.Scripting.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace CSharpKernel.Scripting.Libraries;

/// <summary>
/// The libraries of a notebook. A type that is declared anew replaces the former one; the rest of its library, and what was
/// built on it, is compiled once more together with the new declaration, so that all of it fits.
/// </summary>
internal sealed class LibrarySet
{
    private static readonly CSharpParseOptions Parsing = ScriptParsing.Options.WithKind(SourceCodeKind.Regular);
    private readonly SessionLoadContext _loadContext;
    private ImmutableArray<NotebookLibrary> _libraries = [];
    private int _compiled;

    /// <summary>An empty set whose assemblies are loaded into a context.</summary>
    public LibrarySet(SessionLoadContext loadContext) => _loadContext = loadContext;

    /// <summary>The libraries of the notebook.</summary>
    public ImmutableArray<NotebookLibrary> All => _libraries;

    /// <summary>The references of a cell, with the libraries.</summary>
    public IReadOnlyCollection<MetadataReference> With(IReadOnlyCollection<MetadataReference> references) => With(references, _libraries);

    /// <summary>The references of a cell, with certain libraries.</summary>
    public static IReadOnlyCollection<MetadataReference> With(IReadOnlyCollection<MetadataReference> references, ImmutableArray<NotebookLibrary> libraries) =>
        libraries.IsEmpty ? references : [.. references, .. libraries.Select(library => library.Reference)];

    /// <summary>Makes libraries those of the notebook.</summary>
    public void Accept(ImmutableArray<NotebookLibrary> libraries) => _libraries = libraries;

    /// <summary>Compiles a cell's part and says which libraries the notebook has with it.</summary>
    /// <param name="text">The part.</param>
    /// <param name="path">What stack traces call the cell.</param>
    /// <param name="usings">The using directives that hold in the notebook.</param>
    /// <param name="references">What it is compiled against, beside the libraries.</param>
    /// <param name="options">The options of cells.</param>
    /// <param name="cancellationToken">Stops the compilation.</param>
    /// <exception cref="CompilationException">The part has errors.</exception>
    public ImmutableArray<NotebookLibrary> Add(
        string text, string path, IReadOnlyList<string> usings, IReadOnlyCollection<MetadataReference> references, CSharpCompilationOptions options, CancellationToken cancellationToken)
    {
        var tree = Parse(text, path, cancellationToken);
        // Read once: a compilation that was given up may go on beside the next cells.
        var libraries = _libraries;
        // A cell that is run again as it was leaves its types what they are: values made of them still fit.
        if (libraries.Any(library => library.Trees.Any(each => each.ToString() == text)))
            return libraries;

        var types = LibraryParts.TypesIn(tree);
        var stale = new HashSet<string>(StringComparer.Ordinal);
        var older = new List<SyntaxTree>();
        foreach (var library in libraries)
        {
            var kept = library.Trees.Select(each => Remove(each, types, cancellationToken)).ToImmutableArray();
            if (!library.Needs.Overlaps(stale) && kept.SequenceEqual(library.Trees))
                continue;
            stale.Add(library.Name);
            older.AddRange(kept.Where(each => LibraryParts.TypesIn(each).Count > 0));
        }

        var rest = libraries.RemoveAll(library => stale.Contains(library.Name));
        var built = Build(tree, older, usings, With(references, rest), options, NameFor(path), cancellationToken);
        return rest.Add(built).AddRange(stale.Select(each => Tombstone(each, references)));
    }

    // The compiler lets a cell see all that the cells before it referenced, but of assemblies of one name only the highest version.
    private static NotebookLibrary Tombstone(string name, IReadOnlyCollection<MetadataReference> references)
    {
        var version = Parse("[assembly: System.Reflection.AssemblyVersion(\"1.0.0.0\")]", "", CancellationToken.None);
        using var image = new MemoryStream();
        CSharpCompilation.Create(name, [version], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .Emit(image, options: new EmitOptions(metadataOnly: true), cancellationToken: CancellationToken.None);
        return new NotebookLibrary(name, [], MetadataReference.CreateFromImage(image.ToArray()), []);
    }

    private string NameFor(string path) => string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)}-library{Interlocked.Increment(ref _compiled) - 1}");

    private NotebookLibrary Build(
        SyntaxTree tree, List<SyntaxTree> older, IReadOnlyList<string> usings, IReadOnlyCollection<MetadataReference> references, CSharpCompilationOptions options, string name, CancellationToken cancellationToken)
    {
        var shared = Parse(string.Join('\n', usings), "usings", cancellationToken);
        var written = tree;
        while (true)
        {
            var compilation = CSharpCompilation.Create(name, [tree, .. older, shared], references, options);
            ReferenceBinding.Bind(compilation);
            using var assembly = new MemoryStream();
            using var symbols = new MemoryStream();
            var emit = new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, instrumentationKinds: StackProbes.For(compilation));
            var errors = compilation.Emit(assembly, symbols, options: emit, cancellationToken: cancellationToken).Diagnostics
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
            if (errors.Count == 0)
            {
                EmitWithChecks(compilation, emit, assembly, symbols, cancellationToken);
                return Load(name, [written, .. older], assembly, symbols);
            }

            // A using directive that names what only scripts see says nothing here; where it is wrong, the cell itself says so.
            // An older part that no longer fits is given up.
            var withoutUsings = WithoutUsings(tree, errors, cancellationToken);
            var sharedWithout = WithoutUsings(shared, errors, cancellationToken);
            var fitting = older.Where(each => !errors.Exists(error => error.Location.SourceTree == each)).ToList();
            if (withoutUsings == tree && sharedWithout == shared && fitting.Count == older.Count)
                throw new CompilationException([.. errors.OrderBy(error => error.Location.SourceSpan.Start)], compilation) { IsLibrary = true };
            if (withoutUsings != tree || sharedWithout != shared)
                (tree, shared) = (withoutUsings, sharedWithout);
            else
                older = fitting;
        }
    }

    private static void EmitWithChecks(CSharpCompilation compilation, EmitOptions options, MemoryStream assembly, MemoryStream symbols, CancellationToken cancellationToken)
    {
        // A lambda that is to become an expression tree takes no check.
        foreach (var inLambdas in (ReadOnlySpan<bool>)[true, false])
        {
            var withChecks = compilation.SyntaxTrees.Select(each => LoopChecks.Add(each, inLambdas, cancellationToken)).ToList();
            if (inLambdas && withChecks.SequenceEqual(compilation.SyntaxTrees))
                return;
            assembly.SetLength(0);
            symbols.SetLength(0);
            var emitted = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(withChecks).Emit(assembly, symbols, options: options, cancellationToken: cancellationToken);
            if (emitted.Success)
                return;
            if (!inLambdas)
                throw new InvalidOperationException($"The checks that let loops be interrupted do not fit into the code: {emitted.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)}");
        }
    }

    private NotebookLibrary Load(string name, ImmutableArray<SyntaxTree> trees, MemoryStream assembly, MemoryStream symbols)
    {
        StackProbes.Place(assembly, symbols);
        var image = assembly.ToArray();
        OpenedImage.Open(image);
        CellSymbols.Load(_loadContext, new MemoryStream(image), symbols, name);
        using var file = new PEReader(ImmutableArray.Create(image));
        var metadata = file.GetMetadataReader();
        var needs = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToImmutableHashSet();
        return new NotebookLibrary(name, trees, MetadataReference.CreateFromImage(image), needs);
    }

    private static SyntaxTree Parse(string text, string path, CancellationToken cancellationToken) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), Parsing, path, cancellationToken);

    private static SyntaxTree WithoutUsings(SyntaxTree tree, List<Diagnostic> errors, CancellationToken cancellationToken)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot(cancellationToken);
        var wrong = root.Usings.Where(each => errors.Exists(error => error.Location.SourceTree == tree && each.Span.Contains(error.Location.SourceSpan))).Select(each => each.Span).ToList();
        return wrong.Count == 0 ? tree : Parse(BlankedText.Without(tree.ToString(), wrong), tree.FilePath, cancellationToken);
    }

    private static SyntaxTree Remove(SyntaxTree tree, HashSet<string> types, CancellationToken cancellationToken)
    {
        var gone = tree.GetRoot(cancellationToken).DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<MemberDeclarationSyntax>()
            .Where(member => LibraryParts.NameOf(member) is not null && types.Contains(LibraryParts.FullNameOf(member)))
            .Select(LibraryParts.Whole).ToList();
        return gone.Count == 0 ? tree : Parse(BlankedText.Without(tree.ToString(), gone), tree.FilePath, cancellationToken);
    }
}
