using System.Text.RegularExpressions;

namespace NotebookTestRunner.Checks.CleanRun;

/// <summary>Finds absolute paths that exist on one machine only: in home folders, on mounted disks, of temporary files. Those every system has, such as <c>/usr/bin/env</c>, are none.</summary>
internal static partial class MachinePaths
{
    // What cannot be meant as a place: examples in prose and documentation.
    private static readonly string[] Placeholders = ["/home/user", "/home/me", "/home/you", "/Users/me", "/Users/you", "/path/to", @"C:\Users\me", @"C:\Users\you"];

    /// <summary>The first such path in a text, or null.</summary>
    /// <param name="text">The text.</param>
    /// <param name="notebookPath">The notebook's own path, whose folder is of this machine wherever it lies.</param>
    public static string? Find(string text, string notebookPath)
    {
        var found = Unix().Matches(text).Concat(Windows().Matches(text)).OrderBy(match => match.Index).Select(match => match.Value.TrimEnd('.', ',', ':'))
            .FirstOrDefault(path => !MadeAnew().IsMatch(path) && !Placeholders.Any(placeholder => path.StartsWith(placeholder, StringComparison.OrdinalIgnoreCase)));
        if (found is not null) return found;
        var folder = Path.GetDirectoryName(notebookPath);
        return folder is { Length: > 4 } && text.Contains(folder, StringComparison.Ordinal) ? folder : null;
    }

    [GeneratedRegex(@"(?<![\w/.:~<-])(?:file://)?/(?:home|Users|users|root|scratch|projappl|flash|mnt|media|private/(?:tmp|var)|var/folders|tmp|srv|work|workspaces?)/[^\s""'<>|,;()\[\]{}\\]+")]
    private static partial Regex Unix();

    // What IPython calls the files of cells, in every warning, and Python's tempfile its folders: another one in each run, which says nothing of anybody.
    [GeneratedRegex(@"^/(?:private/)?(?:tmp|var/folders/\w+/\w+/T)/(?:ipykernel_\d+/|tmp[a-z0-9_]{8}(?:/|$))")]
    private static partial Regex MadeAnew();

    [GeneratedRegex(@"\b[A-Za-z]:\\{1,2}(?:Users|Documents and Settings|Temp|tmp|home|work|dev|src|git|repos?|projects?)\\[^\s""'<>|,;()]+", RegexOptions.IgnoreCase)]
    private static partial Regex Windows();
}
