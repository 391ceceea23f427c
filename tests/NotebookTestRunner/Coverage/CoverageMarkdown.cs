using System.Globalization;
using System.Text;

namespace NotebookTestRunner.Coverage;

/// <summary>What notebooks run of libraries, as Markdown for people.</summary>
public static class CoverageMarkdown
{
    /// <summary>Builds the text: tables of the assemblies, of the notebooks and of the Python modules, as far as there are any; then what did not run.</summary>
    /// <param name="coverage">What ran.</param>
    /// <param name="root">Files below this folder are named relative to it.</param>
    public static string Create(NotebookCoverage coverage, string? root = null)
    {
        ArgumentNullException.ThrowIfNull(coverage);
        var text = new StringBuilder();
        var files = coverage.Files().ToLookup(file => file.Origin == PythonModuleLines.Origin);
        if (coverage.Notebooks.Count > 0 || !files[true].Any()) AddAssemblies(text, coverage, [.. files[false]], root);
        if (files[true].Any()) AddModules(text, files[true], root);
        return text.ToString();
    }

    private static void AddAssemblies(StringBuilder text, NotebookCoverage coverage, IReadOnlyList<SourceFile> files, string? root)
    {
        text.Append("# What the notebooks run of the helpers\n\nCounted while the notebooks ran. A line counts where code begins on it; it ran in part when some of that code did not, such as what a condition guards. Overloads of a public method count once.\n\n");
        text.Append("| Assembly | Lines | Ran | Share | of these in part | Public methods | Called by a notebook | Share |\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var assembly in coverage.Assemblies)
        {
            var lines = files.Where(file => file.Origin == assembly).SelectMany(file => file.Lines).ToList();
            var (called, notCalled) = coverage.Of(assembly);
            var ran = lines.Count(line => line.Ran);
            Add(text, $"| {assembly} | {lines.Count} | {ran} | {Share(ran, lines.Count):0} % | {lines.Count(line => line.RanInPart)} | {called.Count + notCalled.Count} | {called.Count} | {Share(called.Count, called.Count + notCalled.Count):0} % |\n");
        }
        text.Append("\n| Notebook | Lines that it runs |\n|---|---:|\n");
        foreach (var notebook in coverage.Notebooks)
            Add(text, $"| {FolderPath.Shown(notebook, root)} | {(coverage.IsCounted(notebook) ? coverage.Files(notebook).Sum(file => file.Ran) : "none: its kernel loaded nothing that counts")} |\n");
        foreach (var assembly in coverage.Assemblies)
        {
            Add(text, $"\n## {assembly}\n\n| File | Lines | Ran | Share | Not run |\n|---|---:|---:|---:|---|\n");
            foreach (var file in files.Where(file => file.Origin == assembly)) AddFile(text, file, root);
            if (coverage.Of(assembly).NotCalled is not { Count: > 0 } notCalled) continue;
            text.Append("\nNot called:\n\n");
            foreach (var type in notCalled.GroupBy(method => method.Type))
                Add(text, $"- `{type.Key.Replace('+', '.')}`: {string.Join(", ", type.Select(method => $"`{method.Name}`"))}\n");
        }
    }

    private static void AddModules(StringBuilder text, IEnumerable<SourceFile> modules, string? root)
    {
        text.Append("# What the notebooks run of Python modules\n\n| Module | Lines | Ran | Share | Not run |\n|---|---:|---:|---:|---|\n");
        foreach (var module in modules) AddFile(text, module, root);
    }

    private static void AddFile(StringBuilder text, SourceFile file, string? root) =>
        Add(text, $"| {file.PathFrom(root)} | {file.Lines.Count} | {file.Ran} | {Share(file.Ran, file.Lines.Count):0} % | {file.NotRunText()} |\n");

    private static void Add(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture));

    private static double Share(int part, int all) => all == 0 ? 0 : 100.0 * part / all;
}
