using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CSharpKernel.Cells;
using CSharpKernel.Scripting.Libraries;
using CSharpKernel.Scripting.Recursion;
using CSharpKernel.Scripting.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CSharpKernel.Scripting;

/// <summary>
/// The state of a notebook: a chain of submissions, each seeing what the ones before it declared. Built on the
/// compiler's script compilations rather than on its scripting host, because the host loads references in ways a
/// notebook cannot live with (native libraries, packages, ambient values). Only one may compile at a time, until
/// its submission has begun to run (<see cref="RunAsync"/>); submissions that run do not disturb it, nor does a compilation that was
/// given up and still goes on: what is compiled changes the session only when it is run.
/// </summary>
internal sealed class ScriptSession
{
    private static readonly string[] Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        "Microsoft.DotNet.Interactive.Kernel", "Microsoft.DotNet.Interactive.Jupyter.TopLevelMethods",
    ];

    // CS1701 and CS1702 tell of assembly versions that .NET unifies by itself, CS8632 that string? says nothing without #nullable enable:
    // nothing a reader of a notebook can act on, and the question mark is right.
    private static readonly ImmutableDictionary<string, ReportDiagnostic> Silenced = ImmutableDictionary<string, ReportDiagnostic>.Empty
        .Add("CS1701", ReportDiagnostic.Suppress)
        .Add("CS1702", ReportDiagnostic.Suppress)
        .Add("CS8632", ReportDiagnostic.Suppress)
        // CS7022: a Main that a cell declares is one method among others.
        .Add("CS7022", ReportDiagnostic.Suppress);

    private object?[] _states = new object?[16];
    private readonly AmbientValues _ambient = new();
    private NextSubmission? _next;
    private int _compiled;

    public ScriptSession() => Libraries = new LibrarySet(References.LoadContext);

    /// <summary>What cells are compiled against.</summary>
    public ReferenceSet References { get; } = new();

    /// <summary>What cells declare that scripts refuse: it is compiled apart from them.</summary>
    public LibrarySet Libraries { get; }

    /// <summary>The last submission that declared something.</summary>
    public CSharpCompilation? Latest { get; private set; }

    /// <summary>The variables that cells can see now.</summary>
    public VariableTable Variables { get; } = new();

    /// <summary>Counts what is added to the session, so that others can tell whether they know all of it.</summary>
    public int Version { get; private set; }

    /// <summary>The options of every submission.</summary>
    /// <param name="folder">Where <c>#load</c> looks for files.</param>
    /// <param name="scriptClass">The name of the class that the code becomes.</param>
    public static CSharpCompilationOptions CreateOptions(string folder, string scriptClass) =>
        new(OutputKind.DynamicallyLinkedLibrary,
            scriptClassName: scriptClass,
            usings: Imports,
            optimizationLevel: OptimizationLevel.Release,
            allowUnsafe: true,
            // Cells are small: sharing them out takes longer than compiling them.
            concurrentBuild: false,
            specificDiagnosticOptions: Silenced,
            sourceReferenceResolver: new LoadedFiles(folder),
            metadataReferenceResolver: new NeighbourResolver(folder),
            assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default);

    /// <summary>Compiles code as the next submission.</summary>
    /// <param name="code">The code.</param>
    /// <param name="path">What stack traces call it.</param>
    /// <param name="folder">The notebook's folder.</param>
    /// <param name="cancellationToken">Stops the compilation.</param>
    /// <exception cref="CompilationException">The code has errors.</exception>
    public Submission Compile(string code, string path, string folder, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _compiled) - 1;
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), ScriptParsing.Options, path, cancellationToken);
        var chain = new NotebookChain(Latest);
        var cell = CellRewriter.Rewrite(tree, chain.HasType, cancellationToken);
        if (cell.Library is not { } library)
            return Compile(tree, cell, Libraries.All, number, path, folder, cancellationToken);
        var options = CreateOptions(folder, "Library");
        var all = References.All;
        ImmutableArray<NotebookLibrary> libraries;
        try
        {
            libraries = Libraries.Add(library, path, chain.Usings(options.Usings, all), all, options, cancellationToken);
        }
        catch (CompilationException exception)
        {
            exception.IsTypeOfCell = chain.HasType;
            throw;
        }

        return Compile(tree, cell, libraries, number, path, folder, cancellationToken) with { Libraries = libraries };
    }

    private Submission Compile(
        SyntaxTree tree, RewrittenCell cell, ImmutableArray<NotebookLibrary> libraries, int number, string path, string folder, CancellationToken cancellationToken)
    {
        Submission Build(IReadOnlyCollection<MetadataReference> references) => this.Build(cell, LibrarySet.With(references, libraries), number, path, folder, cancellationToken);

        var chosen = new ReferenceChoice(References);
        chosen.IncludeNamespaces(NamedNamespaces.InUsings(tree));
        CompilationException fault;
        try
        {
            return Build(chosen.Current) with { References = chosen };
        }
        catch (CompilationException exception)
        {
            fault = exception;
        }

        // A name that no using directive announced may belong to a part of .NET that is not referenced yet.
        if (chosen.IncludeNamespaces(NamedNamespaces.InNames(tree)))
        {
            try
            {
                return Build(chosen.Current) with { References = chosen };
            }
            catch (CompilationException exception)
            {
                fault = exception;
            }
        }

        if (chosen.HasFramework)
            throw fault;
        chosen.IncludeFramework();
        return Build(chosen.Current) with { References = chosen };
    }

    private Submission Build(
        RewrittenCell cell, IReadOnlyCollection<MetadataReference> references, int number, string path, string folder, CancellationToken cancellationToken, bool inLambdas = true)
    {
        var className = string.Create(CultureInfo.InvariantCulture, $"Submission#{number}");
        var next = Next(references, folder);
        CSharpCompilation Create(SyntaxTree tree) => next.Fill(tree, className);

        var tree = LoopChecks.Add(cell.Script, inLambdas, cancellationToken);
        var compilation = Create(tree);
        ReferenceBinding.Bind(compilation);

        // A submission of nothing but usings gets no slot of its own among the states: it must not be run, and cannot be emitted.
        var hasCode = compilation.SyntaxTrees.Any(each => ((CompilationUnitSyntax)each.GetRoot(cancellationToken)).Members.Count > 0);
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var probes = StackProbes.For(compilation);
        var found = hasCode
            ? CellSymbols.Emit(compilation, assembly, symbols, probes, cancellationToken).Diagnostics
            : compilation.GetDiagnostics(cancellationToken);
        // What the compiler says is to be about the code as it is written, without the checks; with the probes it also takes fields
        // that have an initial value for never assigned.
        var written = compilation;
        var hasFiles = compilation.SyntaxTrees.Length > 1;
        if ((tree != cell.Script || !probes.IsEmpty || hasFiles) && found.Any(diagnostic => !diagnostic.IsSuppressed && diagnostic.Severity >= DiagnosticSeverity.Warning))
        {
            written = Create(cell.Script);
            if (hasFiles)
                written = written.WithOptions(written.Options.WithSourceReferenceResolver(new LoadedFiles(folder, withChecks: false)));
            var isFailed = found.Any(IsError);
            found = written.GetDiagnostics(cancellationToken);
            // A lambda that is to become an expression tree takes no check.
            if (isFailed && inLambdas && !found.Any(IsError))
                return Build(cell, references, number, path, folder, cancellationToken, inLambdas: false);
        }

        var diagnostics = cell.Place(found.Where(diagnostic => !diagnostic.IsSuppressed)).ToList();
        diagnostics.AddRange(ResourceOwner.Check(cell.Resources, compilation, cell.Script));
        if (diagnostics.Exists(IsError))
            throw new CompilationException(RefVariables.WithoutFollowing(WithoutDocumentation(diagnostics.Where(IsError))), written);

        var declares = SubmissionShape.Declares(compilation);
        // Another compilation, given up but still going on, may have taken the name meanwhile.
        if (declares && Interlocked.CompareExchange(ref _next, null, next) != next)
            return Build(cell, references, number, path, folder, cancellationToken, inLambdas);
        if (hasCode && !probes.IsEmpty)
            StackProbes.Place(assembly, symbols);
        if (hasCode && !declares)
            NextSubmission.Rename(assembly, number);
        var type = hasCode ? CellSymbols.Load(References.LoadContext, assembly, symbols, Path.GetFileName(path)).GetType(className, throwOnError: true) : null;
        return new Submission(
            compilation, type, SubmissionShape.HasResult(compilation, tree), declares,
            [.. diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning)])
        {
            Resources = cell.Resources.Count == 0 ? null : new ResourceOwner(cell.Resources),
        };
    }

    // CS1569: the compiler could not write down the documentation of what it does not understand; there is nothing else to be told of it.
    private static IEnumerable<Diagnostic> WithoutDocumentation(IEnumerable<Diagnostic> errors)
    {
        var all = errors.ToList();
        return all.Exists(error => error.Id != "CS1569") ? all.Where(error => error.Id != "CS1569") : all;
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    private NextSubmission Next(IReadOnlyCollection<MetadataReference> references, string folder)
    {
        var (latest, next) = (Latest, _next);
        if (next?.Fits(latest, references, folder) != true)
            _next = next = new NextSubmission(Interlocked.Increment(ref _compiled) - 1, latest, references, folder);
        return next;
    }

    /// <summary>Runs a submission; what it declares is visible to later ones even when it throws, as far as it came.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="enter">Runs before its code does, and after the session knows it: from then on others may be compiled.</param>
    /// <param name="ambient">The ambient values of the flow of cells that it belongs to; default the session's only one.</param>
    public async Task<object?> RunAsync(Submission submission, Action enter, AmbientValues? ambient = null)
    {
        ambient ??= _ambient;
        submission.References?.Apply();
        if (submission.Libraries is { } libraries)
        {
            Libraries.Accept(libraries);
            Version++;
        }

        if (submission.Declares)
        {
            Latest = submission.Compilation;
            Version++;
        }

        if (submission.Type is not { } type)
            return null;
        if (_states.Length < _compiled + 2)
            Array.Resize(ref _states, _states.Length * 2);
        var instance = Activator.CreateInstance(type, [_states])!;
        Variables.Add(instance, submission.Compilation);
        submission.Resources?.Attach(instance);
        try
        {
            return await SubmissionInvoker.RunAsync(instance, ambient.Latest, enter, values => ambient.Latest = values);
        }
        catch
        {
            CellSymbols.Complete(type.Assembly, submission.Compilation);
            throw;
        }
    }

    /// <summary>Disposes what a submission declared with <c>using</c>, however it ended.</summary>
    public Task EndAsync(ResourceOwner resources, Action enter, AmbientValues? ambient = null)
    {
        ambient ??= _ambient;
        Task? end = null;
        ExecutionContext.Run(
            ambient.Latest ?? ExecutionContext.Capture()!,
            _ =>
            {
                enter();
                end = resources.DisposeAsync();
                ambient.Latest = ExecutionContext.Capture();
            },
            null);
        return end!;
    }
}
