using System.Globalization;

namespace NotebookTestRunner.Coverage;

/// <summary>A file of source, and which of its lines ran.</summary>
/// <param name="Origin">The assembly that it is part of; for a module of Python, <c>Python</c>.</param>
/// <param name="Path">The file.</param>
/// <param name="Lines">The lines on which code begins, in order.</param>
public sealed record SourceFile(string Origin, string Path, IReadOnlyList<SourceLine> Lines)
{
    /// <summary>How many lines ran.</summary>
    public int Ran => Lines.Count(line => line.Ran);

    /// <summary>The lines that did not run; of lines with code that follow each other the first and the last: <c>3, 7–9</c>.</summary>
    public string NotRunText()
    {
        var groups = new List<(int First, int Last)>();
        var follows = false;
        foreach (var line in Lines)
        {
            if (!line.Ran && follows) groups[^1] = (groups[^1].First, line.Number);
            else if (!line.Ran) groups.Add((line.Number, line.Number));
            follows = !line.Ran;
        }
        return string.Join(", ", groups.Select(group => group.First == group.Last ? $"{group.First}" : string.Create(CultureInfo.InvariantCulture, $"{group.First}–{group.Last}")));
    }

    /// <summary>The path for readers: below a folder relative to it, with <c>/</c>.</summary>
    /// <param name="root">The folder; null for none.</param>
    public string PathFrom(string? root) => FolderPath.Shown(Path, root);
}
