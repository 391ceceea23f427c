using System.Text.RegularExpressions;
using NotebookTestRunner.Exercises;
using NotebookTestRunner.Notebooks;

namespace NotebookTestRunner.Execution;

/// <summary>One thing a cell says about how it is to be judged, and where it says it.</summary>
/// <param name="Text">What it says in the words of a comment, such as <c>timeout 30</c>.</param>
/// <param name="Place">The place, such as <c>the tag "nbval-skip"</c> or <c>line 2</c>.</param>
internal sealed partial record CellMark(string Text, string Place)
{
    private static readonly Dictionary<string, string> Tags = new()
    {
        ["skip-execution"] = "skip",
        ["nbval-skip"] = "skip",
        [Exercise.WrongAnswerTag] = "skip",
        ["raises-exception"] = "raises",
        ["nbval-raises-exception"] = "raises",
        ["nbval-ignore-output"] = "ignore-output",
        ["pytest-validate-ignore-output"] = "ignore-output",
        ["nbval-check-output"] = "check-output",
    };

    /// <summary>The marks of a cell: its tags, the comments in its first lines, and nbval's comments anywhere.</summary>
    /// <exception cref="NotebookRunException">A tag begins as nbval's do and is none of them.</exception>
    public static IEnumerable<CellMark> ReadAll(NotebookCell cell)
    {
        foreach (var tag in cell.Tags)
        {
            if (Tags.TryGetValue(tag, out var meaning)) yield return new(meaning, $"the tag \"{tag}\"");
            else if (TagText().Match(tag) is { Success: true } own) yield return new(own.Groups["text"].Value.Trim(), $"the tag \"{tag}\"");
            else if (tag.StartsWith("nbval-", StringComparison.Ordinal) && !tag.StartsWith("nbval-test-name", StringComparison.Ordinal))
                throw UnknownToNbval(cell, $"the tag \"{tag}\"");
        }

        // In a text a line of a hash is a heading.
        if (cell.Kind != CellKind.Code) yield break;
        var head = true;
        foreach (var (index, line) in cell.Source.Split('\n').Select(line => line.Trim()).Index())
        {
            head &= line.Length == 0 || IsHead(line);
            if (head && Comment().Match(line) is { Success: true } comment) yield return new(comment.Groups["text"].Value.Trim(), $"line {index + 1} ({line})");
            else if (NbvalComment().Match(line) is { Success: true } nbval) yield return new(NbvalMeaning(nbval) ?? throw UnknownToNbval(cell, $"the comment \"{line}\""), $"line {index + 1} ({line})");
        }
    }

    /// <summary>Whether a line is a comment for the runner.</summary>
    public static bool IsMark(string line) => Comment().IsMatch(line) || NbvalComment().IsMatch(line);

    // nbval takes a line of a hash and one of its names, wherever it is.
    private static string? NbvalMeaning(Match comment) => Tags.GetValueOrDefault(comment.Groups["name"].Value.ToLowerInvariant().Replace('_', '-'));

    private static NotebookRunException UnknownToNbval(NotebookCell cell, string mark) =>
        new($"Cell {cell.Number} has {mark}, which nbval does not know either: there are {string.Join(", ", Tags.Keys.Where(known => known.StartsWith("nbval-", StringComparison.Ordinal)))}.");

    // Magics (%%bash, #!time) must be a cell's first line, so what they are followed by still counts as the beginning.
    private static bool IsHead(string line) =>
        line.StartsWith("//", StringComparison.Ordinal) || line.StartsWith("--", StringComparison.Ordinal) || line[0] is '#' or '%' or ';';

    [GeneratedRegex(@"^(?://+|\#+|--+|%|;+)\s*test:(?<text>.*)$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\#+\s*(?<name>(?:NBVAL|PYTEST_VALIDATE)_[A-Z_]+)$")]
    private static partial Regex NbvalComment();

    [GeneratedRegex("^test:(?<text>.*)$")]
    private static partial Regex TagText();
}
