using System.Globalization;
using System.Text;

namespace NotebookTestRunner.Coverage;

/// <summary>How much of some assemblies' public API notebooks call.</summary>
public sealed class NotebookCoverage
{
    private readonly SortedDictionary<string, (IReadOnlySet<MethodName> Public, ILookup<MethodName, (string File, int Line)> Lines)> assemblies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlySet<MethodName>> called = [];

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

    /// <summary>The report as Markdown: a table of the assemblies, then what no notebook calls.</summary>
    public string ToMarkdown()
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
