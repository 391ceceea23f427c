using JupyterProtocol;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Checks.Links;

/// <summary>The places that links without a server can lead to: headings here, files beside, headings of other notebooks, attachments.</summary>
internal sealed class LinkPlaces(string notebookPath, IReadOnlyList<MarkdownLinks> cells)
{
    private readonly string folder = Path.GetDirectoryName(notebookPath)!;
    private readonly HashSet<string> anchors = [.. cells.SelectMany(cell => cell.Anchors)];
    private readonly Dictionary<string, HashSet<string>?> anchorsOfOthers = [];

    /// <summary>What is wrong with a link, as the end of a sentence; null when nothing is.</summary>
    /// <param name="cell">The cell it stands in.</param>
    /// <param name="target">Its address.</param>
    public string? Problem(NotebookCell cell, string target)
    {
        if (string.IsNullOrWhiteSpace(target)) return "has no address.";
        // A picture's data may be too long for an address.
        if (target.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return null;
        if (target.StartsWith("attachment:", StringComparison.Ordinal))
            return cell.Attachment(Uri.UnescapeDataString(target["attachment:".Length..])) is null ? "names an attachment that the cell does not have." : null;
        if (Uri.TryCreate(target, UriKind.Absolute, out var address) && address.Scheme is "file" || Path.IsPathRooted(target))
            return "leads to a place on one machine: use a relative path.";
        if (address is not null) return null;

        var parts = target.Split('#', 2);
        var path = Uri.UnescapeDataString(parts[0].Split('?')[0]);
        var anchor = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "";
        if (path.Length == 0) return AnchorProblem(anchor, anchors, "in this notebook");

        var full = Path.GetFullPath(Path.Combine(folder, path));
        if (!File.Exists(full) && !Directory.Exists(full)) return $"leads to a file that is not there{Nearest(full)}.";
        if (!HasExactName(full)) return "is spelt in other letters (capital, small) than the file: it breaks on systems that tell them apart.";
        return anchor.Length > 0 && AnchorsOf(full) is { } others ? AnchorProblem(anchor, others, $"in {path}") : null;
    }

    private static string? AnchorProblem(string anchor, HashSet<string> known, string where)
    {
        if (anchor.Length == 0 || known.Contains(anchor)) return null;
        var nearest = NearestName.FindSlip(anchor, known);
        return $"leads to a heading that is not {where}{(nearest is null ? "" : $"; there is #{nearest}")}.";
    }

    private string Nearest(string full)
    {
        var parent = Path.GetDirectoryName(full);
        if (parent is null || !Directory.Exists(parent)) return "";
        var nearest = NearestName.FindSlip(Path.GetFileName(full), Directory.EnumerateFileSystemEntries(parent).Select(entry => Path.GetFileName(entry)));
        return nearest is null ? "" : $"; there is {Path.GetRelativePath(folder, Path.Combine(parent, nearest)).Replace('\\', '/')}";
    }

    /// <summary>Whether each part of the path is spelt as on the disk; only some systems find it anyway.</summary>
    private static bool HasExactName(string full)
    {
        var place = full.TrimEnd('/', '\\');
        return Path.GetDirectoryName(place) is not { } parent || Directory.EnumerateFileSystemEntries(parent).Any(entry => Path.GetFileName(entry) == Path.GetFileName(place));
    }

    private HashSet<string>? AnchorsOf(string path)
    {
        if (anchorsOfOthers.TryGetValue(path, out var known)) return known;
        HashSet<string>? found = null;
        try
        {
            if (path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase))
                found = [.. Notebook.Read(path).Cells.Where(cell => cell.Kind == CellKind.Markdown).SelectMany(cell => MarkdownLinks.Read(cell).Anchors)];
            else if (path.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
                found = [.. MarkdownLinks.Read(NotebookCell.OfMarkdown(File.ReadAllText(path))).Anchors];
        }
        catch (NotebookRunException)
        {
            // A notebook that cannot be read is reported where it is checked itself.
        }
        return anchorsOfOthers[path] = found;
    }
}
