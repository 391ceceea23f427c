using System.Globalization;
using System.Text;

namespace NotebookTestRunner.Coverage;

/// <summary>How much of some assemblies' public API notebooks call, and which lines of Python modules they run.</summary>
public sealed class NotebookCoverage
{
    private readonly SortedDictionary<string, (IReadOnlySet<MethodName> Public, ILookup<MethodName, (string File, int Line)> Lines)> assemblies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlySet<MethodName>> called = [];
    private readonly List<PythonModuleLines> modules = [];

    /// <summary>Begins with nothing called.</summary>
    /// <param name="assemblyPaths">The assemblies' files.</param>
    public NotebookCoverage(IEnumerable<string> assemblyPaths)
    {
        ArgumentNullException.ThrowIfNull(assemblyPaths);
        foreach (var path in assemblyPaths) assemblies[Path.GetFileNameWithoutExtension(path)] = (PublicMethods.Read(path), MethodLines.Read(path));
    }

    /// <summary>Adds what a notebook called.</summary>
    /// <param name="notebook">Its name.</param>
    /// <param name="methods">All methods that its kernel ran.</param>
    public void Add(string notebook, IReadOnlySet<MethodName> methods) => called[notebook] = methods;

    /// <summary>Adds what Python kernels ran.</summary>
    /// <param name="lines">The lines of all modules.</param>
    public void Add(IReadOnlyList<PythonModuleLines> lines) => modules.AddRange(lines);

    /// <summary>The public methods of an assembly that some notebook called, and those that none did.</summary>
    public (IReadOnlyList<MethodName> Called, IReadOnlyList<MethodName> NotCalled) Of(string assembly)
    {
        var all = assemblies[assembly].Public.OrderBy(method => method.ToString(), StringComparer.Ordinal).ToLookup(IsCalled);
        return ([.. all[true]], [.. all[false]]);
    }

    /// <summary>
    /// How many lines of an assembly's source are in methods that ran, and how many there are in all; 0 without its PDB. That is not which lines ran: a
    /// branch that was not taken counts, and a method that the compiler put into its callers does not.
    /// </summary>
    public (int Ran, int All) LinesOf(string assembly)
    {
        var methods = assemblies[assembly].Lines;
        return (methods.Where(method => IsCalled(method.Key)).SelectMany(lines => lines).Distinct().Count(), methods.SelectMany(lines => lines).Distinct().Count());
    }

    /// <summary>The report as Markdown: a table of the assemblies and one of the Python modules, as far as notebooks of the kind ran; then what no notebook calls.</summary>
    /// <param name="root">Python modules below this folder are named relative to it.</param>
    public string ToMarkdown(string? root = null) => (called.Count > 0 || modules.Count == 0 ? OfAssemblies() : "") + (modules.Count > 0 ? OfModules(root) : "");

    private string OfModules(string? root)
    {
        var text = new StringBuilder("# What the notebooks run of Python modules\n\n| Module | Lines | Ran | Share | Not run |\n|---|---:|---:|---:|---|\n");
        foreach (var module in modules)
        {
            var path = root is not null && Path.GetRelativePath(root, module.Path) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : module.Path;
            var all = module.Ran.Count + module.Missed.Count;
            text.Append(CultureInfo.InvariantCulture, $"| {path.Replace('\\', '/')} | {all} | {module.Ran.Count} | {Share(module.Ran.Count, all):0} % | {module.MissedText()} |\n");
        }
        return text.ToString();
    }

    private string OfAssemblies()
    {
        var text = new StringBuilder("# What the notebooks call of the helpers\n\nBy what the kernels' runtime wrote down while it ran the notebooks: public methods (overloads count once), and lines of source in methods of any kind that ran (a branch not taken counts, a method that was put into its callers does not).\n\n");
        text.Append("| Assembly | Public methods | Called by a notebook | Share | Lines | In methods that ran | Share |\n|---|---:|---:|---:|---:|---:|---:|\n");
        foreach (var assembly in assemblies.Keys)
        {
            var (shown, hidden) = Of(assembly);
            var count = shown.Count + hidden.Count;
            var (ran, all) = LinesOf(assembly);
            text.Append(CultureInfo.InvariantCulture, $"| {assembly} | {count} | {shown.Count} | {Share(shown.Count, count):0} % | {all} | {ran} | {Share(ran, all):0} % |\n");
        }
        foreach (var assembly in assemblies.Keys.Where(assembly => Of(assembly).NotCalled.Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## Not called: {assembly}\n\n");
            foreach (var type in Of(assembly).NotCalled.GroupBy(method => method.Type))
                text.Append(CultureInfo.InvariantCulture, $"- `{type.Key.Replace('+', '.')}`: {string.Join(", ", type.Select(method => $"`{method.Name}`"))}\n");
        }
        return text.ToString();
    }

    private bool IsCalled(MethodName method) => called.Values.Any(methods => methods.Contains(method));

    private static double Share(int part, int all) => all == 0 ? 0 : 100.0 * part / all;
}
