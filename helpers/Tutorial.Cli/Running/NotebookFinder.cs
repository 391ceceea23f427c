using System.Text.RegularExpressions;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Running;

/// <summary>Finds notebooks by paths, folders and patterns.</summary>
internal static partial class NotebookFinder
{
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };

    /// <summary>The notebooks meant, each once: folders and patterns in the order of their names.</summary>
    /// <param name="paths">Files, folders, patterns with <c>*</c>, <c>?</c> and <c>**</c>. A file that does not exist is kept: the run says so.</param>
    /// <param name="workingDirectory">Relative paths are taken from here.</param>
    /// <exception cref="CliException">A folder or a pattern has no notebook.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths, string workingDirectory) =>
        [.. paths.SelectMany(path => One(path, workingDirectory)).Distinct()];

    private static string[] One(string path, string workingDirectory)
    {
        var full = Path.GetFullPath(path, workingDirectory);
        if (Directory.Exists(full))
            return NotEmpty(Notebooks(full), $"There are no notebooks (*.ipynb) in the folder {full} or below it: check the path.");
        if (File.Exists(full) || !HasWildcard(path))
            return [full];

        var start = full;
        while (HasWildcard(start))
            start = Path.GetDirectoryName(start)!;
        var pattern = Pattern(full.Replace('\\', '/'));
        return NotEmpty(
            Directory.Exists(start) ? Notebooks(start).Where(notebook => pattern.IsMatch(notebook.Replace('\\', '/'))) : [],
            $"No notebook (*.ipynb) matches '{path}' in {workingDirectory}: check the pattern, and put it in quotes.");
    }

    /// <summary>Hidden folders are left out: they hold checkpoints and caches.</summary>
    private static IEnumerable<string> Notebooks(string folder) =>
        Directory.EnumerateFiles(folder, "*.ipynb", Below)
            .Where(notebook => !Path.GetRelativePath(folder, notebook).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))
            .Order(StringComparer.Ordinal);

    private static bool HasWildcard(string path) => path.AsSpan().ContainsAny('*', '?');

    private static string[] NotEmpty(IEnumerable<string> notebooks, string otherwise)
    {
        string[] found = [.. notebooks];
        return found.Length > 0 ? found : throw new CliException(otherwise);
    }

    private static Regex Pattern(string glob) => new(
        $"^{Wildcard().Replace(glob, match => match.Value switch { "**/" => "(?:.*/)?", "**" => ".*", "*" => "[^/]*", "?" => "[^/]", var plain => Regex.Escape(plain) })}$",
        RegexOptions.CultureInvariant);

    [GeneratedRegex(@"\*\*/|\*\*|\*|\?|[^*?]+")]
    private static partial Regex Wildcard();
}
