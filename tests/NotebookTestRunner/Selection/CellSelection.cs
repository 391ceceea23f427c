using System.Globalization;
using System.Text.RegularExpressions;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Selection;

/// <summary>
/// Which code cells are judged. What stands before the last of them is executed all the same, as cells build on those before; what stands after
/// it is not. A cell is selected when it has one of the numbers, one of the tags, and the text, as far as each is given.
/// </summary>
public sealed record CellSelection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Positions in the notebook, from 1, counted over cells of every kind; empty for any.</summary>
    public IReadOnlyList<int> Cells { get; init; } = [];

    /// <summary>Tags of which a cell has at least one; empty for any.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What the notebook's file name or the cell's source must match; null for anything. See <see cref="ReadFilter"/>.</summary>
    public Regex? Filter { get; init; }

    /// <summary>Whether every cell is selected.</summary>
    public bool IsEverything => Cells.Count == 0 && Tags.Count == 0 && Filter is null;

    /// <summary>Reads a filter: text to be found whatever its case, or between slashes a regular expression (<c>/^var x/</c>, <c>/train/i</c>).</summary>
    /// <exception cref="NotebookRunException">The regular expression is not one.</exception>
    public static Regex ReadFilter(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ignoreCase = text.Length > 2 && text.EndsWith("/i", StringComparison.Ordinal);
        var pattern = ignoreCase ? text[..^1] : text;
        if (pattern.Length < 2 || pattern[0] != '/' || pattern[^1] != '/')
            return new Regex(Regex.Escape(text), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience);
        try
        {
            return new Regex(pattern[1..^1], RegexOptions.Multiline | RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : 0), Patience);
        }
        catch (ArgumentException error)
        {
            throw new NotebookRunException($"The filter '{text}' is no regular expression: {error.Message} Without the slashes it is searched for as it stands.", error);
        }
    }

    /// <summary>Reads cell numbers: <c>7</c>, <c>2,5</c>, <c>3-6</c>.</summary>
    /// <exception cref="NotebookRunException">The text is none of these.</exception>
    public static IReadOnlyList<int> ReadNumbers(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var numbers = new SortedSet<int>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-').Select(end => int.TryParse(end, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var n) ? n : 0).ToArray();
            if (ends.Length > 2 || ends[0] < 1 || ends[^1] < ends[0] || ends[^1] > 100_000)
                throw new NotebookRunException($"'{text}' names no cells: give their numbers, counted from 1 over cells of every kind, such as 7, 2,5 or 3-6.");
            numbers.UnionWith(Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
        }
        return [.. numbers];
    }

    /// <summary>Whether a code cell is to be judged.</summary>
    /// <param name="notebookPath">Its notebook's file.</param>
    /// <param name="cell">The cell.</param>
    public bool Selects(string notebookPath, NotebookCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return (Cells.Count == 0 || Cells.Contains(cell.Number))
            && (Tags.Count == 0 || cell.Tags.Any(tag => Tags.Contains(tag)))
            && (Filter is null || Filter.IsMatch(Path.GetFileName(notebookPath)) || Filter.IsMatch(cell.Source));
    }
}
