namespace NotebookTestRunner.Coverage;

/// <summary>What notebooks run of assemblies and of Python modules: which lines, and which public methods.</summary>
public sealed class NotebookCoverage
{
    private readonly List<CountedAssembly> assemblies = [];
    private readonly SortedDictionary<string, IReadOnlyDictionary<CountedAssembly, IReadOnlyList<bool>>> runs = new(StringComparer.Ordinal);
    private readonly List<PythonModuleLines> modules = [];

    /// <summary>The notebooks that were counted, in the order of their names.</summary>
    public IReadOnlyCollection<string> Notebooks => runs.Keys;

    /// <summary>The assemblies that were counted, in the order of their names.</summary>
    public IReadOnlyList<string> Assemblies => [.. assemblies.Select(assembly => assembly.Name).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Adds an assembly, whether a notebook runs something of it or none does.</summary>
    public void Add(CountedAssembly assembly) => assemblies.Add(assembly);

    /// <summary>Adds what a notebook ran.</summary>
    /// <param name="notebook">Its name.</param>
    /// <param name="ran">For each assembly that its kernel loaded, which of the places ran.</param>
    public void Add(string notebook, IReadOnlyDictionary<CountedAssembly, IReadOnlyList<bool>> ran) => runs[notebook] = ran;

    /// <summary>Adds what Python kernels ran.</summary>
    /// <param name="lines">The lines of all modules.</param>
    public void Add(IReadOnlyList<PythonModuleLines> lines) => modules.AddRange(lines);

    /// <summary>Whether a notebook's kernel loaded any of the assemblies so that it was counted.</summary>
    public bool IsCounted(string notebook) => runs[notebook].Count > 0;

    /// <summary>The public methods of an assembly that some notebook called, and those that none did; overloads count as one.</summary>
    public (IReadOnlyList<MethodName> Called, IReadOnlyList<MethodName> NotCalled) Of(string assembly)
    {
        var of = assemblies.Where(each => each.Name == assembly).ToList();
        var called = of.SelectMany(each => Pieces(each, runs.Values).Where(piece => piece.Runs.Count > 0).Select(piece => piece.Point.Method)).ToHashSet();
        var all = of.SelectMany(each => each.Public).Distinct().OrderBy(method => method.ToString(), StringComparer.Ordinal).ToLookup(called.Contains);
        return ([.. all[true]], [.. all[false]]);
    }

    /// <summary>The files of source, in the order of their assemblies and paths, and last Python's modules.</summary>
    public IReadOnlyList<SourceFile> Files() => [.. Files(runs.Values), .. modules.Select(module => module.AsFile())];

    /// <summary>The files of which a notebook ran something; without Python's modules, of which it is not known which notebook runs what.</summary>
    public IReadOnlyList<SourceFile> Files(string notebook) => [.. Files([runs[notebook]]).Where(file => file.Ran > 0)];

    private IEnumerable<SourceFile> Files(IReadOnlyCollection<IReadOnlyDictionary<CountedAssembly, IReadOnlyList<bool>>> of) =>
        assemblies.SelectMany(assembly => Pieces(assembly, of).Where(piece => piece.Point.File is not null).Select(piece => (assembly.Name, piece.Point, piece.Runs)))
            .GroupBy(piece => (piece.Name, piece.Point.File), piece => (piece.Point.Line, piece.Runs))
            .OrderBy(file => file.Key.Name, StringComparer.Ordinal).ThenBy(file => file.Key.File, StringComparer.Ordinal)
            .Select(file => new SourceFile(file.Key.Name, file.Key.File!, [.. file.GroupBy(piece => piece.Line, piece => piece.Runs).OrderBy(line => line.Key).Select(Line)]));

    private static SourceLine Line(IGrouping<int, IReadOnlyList<int>> pieces) =>
        new(pieces.Key, pieces.Count(), pieces.Count(runs => runs.Count > 0), pieces.SelectMany(runs => runs).Distinct().Count());

    /// <summary>The places of an assembly, each with those of the runs, by their numbers, in which it ran.</summary>
    private static IEnumerable<(CodePoint Point, IReadOnlyList<int> Runs)> Pieces(CountedAssembly assembly, IReadOnlyCollection<IReadOnlyDictionary<CountedAssembly, IReadOnlyList<bool>>> of)
    {
        var counted = of.Select(run => run.GetValueOrDefault(assembly, [])).ToList();
        return assembly.Points.Select((point, at) => (point, (IReadOnlyList<int>)[.. Enumerable.Range(0, counted.Count).Where(run => at < counted[run].Count && counted[run][at])]));
    }
}
