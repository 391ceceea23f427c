using System.Globalization;
using System.Text;

namespace NotebookTestRunner.Coverage;

/// <summary>How much of some assemblies' public API notebooks call.</summary>
public sealed class NotebookCoverage
{
    private readonly SortedDictionary<string, IReadOnlySet<MethodName>> assemblies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlySet<MethodName>> called = [];

    /// <summary>Begins with nothing called.</summary>
    /// <param name="assemblyPaths">The assemblies' files.</param>
    public NotebookCoverage(IEnumerable<string> assemblyPaths)
    {
        ArgumentNullException.ThrowIfNull(assemblyPaths);
        foreach (var path in assemblyPaths) assemblies[Path.GetFileNameWithoutExtension(path)] = PublicMethods.Read(path);
    }

    /// <summary>Adds what a notebook called.</summary>
    /// <param name="notebook">Its name.</param>
    /// <param name="methods">All methods that its kernel ran.</param>
    public void Add(string notebook, IReadOnlySet<MethodName> methods) => called[notebook] = methods;

    /// <summary>The public methods of an assembly that some notebook called, and those that none did.</summary>
    public (IReadOnlyList<MethodName> Called, IReadOnlyList<MethodName> NotCalled) Of(string assembly)
    {
        var all = assemblies[assembly].OrderBy(method => method.ToString(), StringComparer.Ordinal).ToLookup(method => called.Values.Any(methods => methods.Contains(method)));
        return ([.. all[true]], [.. all[false]]);
    }

    /// <summary>The report as Markdown: a table of the assemblies, then what no notebook calls.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder("# What the notebooks call of the helpers\n\nPublic methods (overloads count once), by what the kernels' runtime wrote down while it ran the notebooks.\n\n");
        text.Append("| Assembly | Public methods | Called by a notebook | Share |\n|---|---:|---:|---:|\n");
        foreach (var assembly in assemblies.Keys)
        {
            var (shown, hidden) = Of(assembly);
            var count = shown.Count + hidden.Count;
            text.Append(CultureInfo.InvariantCulture, $"| {assembly} | {count} | {shown.Count} | {(count == 0 ? 0 : 100.0 * shown.Count / count):0} % |\n");
        }
        foreach (var assembly in assemblies.Keys.Where(assembly => Of(assembly).NotCalled.Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## Not called: {assembly}\n\n");
            foreach (var type in Of(assembly).NotCalled.GroupBy(method => method.Type))
                text.Append(CultureInfo.InvariantCulture, $"- `{type.Key.Replace('+', '.')}`: {string.Join(", ", type.Select(method => $"`{method.Name}`"))}\n");
        }
        return text.ToString();
    }
}
