namespace NotebookTestRunner.Reports;

/// <summary>What reports call notebooks: as short as it can be without two having the same name.</summary>
internal static class ReportNames
{
    /// <summary>A name for each result: the file's without its extension where that is enough, otherwise its path below what all have in common.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<NotebookResult> results)
    {
        var names = results.Select(result => Path.GetFileNameWithoutExtension(result.Path)).ToList();
        var twins = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (twins.Count == 0) return names;
        var root = CommonFolder(results);
        return [.. results.Select((result, i) => twins.Contains(names[i]) ? Path.ChangeExtension(Path.GetRelativePath(root, result.Path), null).Replace('\\', '/') : names[i])];
    }

    private static string CommonFolder(IReadOnlyList<NotebookResult> results)
    {
        var folder = Path.GetDirectoryName(results[0].Path)!;
        while (Path.GetDirectoryName(folder) is { } parent && !results.All(result => result.Path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            folder = parent;
        return folder;
    }
}
