using System.Text.RegularExpressions;

namespace NotebookTestRunner.Exercises;

/// <summary>
/// The text of exercise cells. In a solution, what stands between <c>// BEGIN SOLUTION</c> and <c>// END SOLUTION</c> (nbgrader's words) is the
/// answer; lines <c>// STUB code</c> inside give what the reader finds in its place. Without these words the whole cell is the answer.
/// </summary>
internal static partial class ExerciseText
{
    /// <summary>What a solution's or a wrong answer's comment <c>// hint: TEXT</c> says, lines joined; null when there is none.</summary>
    public static string? Hint(string source) =>
        Hints().Matches(source) is { Count: > 0 } hints ? string.Join(' ', hints.Select(hint => hint.Groups["text"].Value.Trim())) : null;

    /// <summary>The text without comments that are for the author.</summary>
    public static string WithoutHints(string source) => Hints().Replace(source, "");

    /// <summary>A solution as readers get it: stubs in the place of answers.</summary>
    /// <exception cref="NotebookRunException">A beginning has no end.</exception>
    public static string Blank(string source, string where)
    {
        var lines = WithoutHints(source).ReplaceLineEndings("\n").Split('\n');
        if (!lines.Any(line => Begin().IsMatch(line) || End().IsMatch(line)))
        {
            var stubs = lines.Select(line => Stub().Match(line)).Where(match => match.Success).Select(match => match.Groups["code"].Value);
            return string.Join('\n', [$"{Mark(lines)} Write your code here.", .. stubs]);
        }

        var kept = new List<string>();
        var isInside = false;
        foreach (var line in lines)
        {
            if (Begin().Match(line) is { Success: true } begin)
            {
                if (isInside) throw new NotebookRunException($"{where} begins a solution inside a solution: end the first with \"END SOLUTION\".");
                isInside = true;
                kept.Add($"{begin.Groups["indent"].Value}{begin.Groups["mark"].Value} Write your code here.");
            }
            else if (End().IsMatch(line))
            {
                if (!isInside) throw new NotebookRunException($"{where} ends a solution that it does not begin: write \"BEGIN SOLUTION\" before it.");
                isInside = false;
            }
            else if (!isInside)
            {
                kept.Add(line);
            }
            else if (Stub().Match(line) is { Success: true } stub)
            {
                kept.Add($"{stub.Groups["indent"].Value}{stub.Groups["code"].Value}");
            }
        }
        return isInside ? throw new NotebookRunException($"{where} begins a solution that it does not end: write \"END SOLUTION\" after it.") : string.Join('\n', kept);
    }

    /// <summary>A solution as it is published: without the words around it.</summary>
    public static string Solved(string source) =>
        string.Join('\n', WithoutHints(source).ReplaceLineEndings("\n").Split('\n').Where(line => !Begin().IsMatch(line) && !End().IsMatch(line) && !Stub().IsMatch(line)));

    private static string Mark(IEnumerable<string> lines) => lines.Any(line => line.TrimStart().StartsWith("# STUB", StringComparison.Ordinal)) || !lines.Any(line => line.Contains(';') || line.Contains("//")) ? "#" : "//";

    [GeneratedRegex(@"^[ \t]*(?://|\#|--)[ \t]*hint:(?<text>.*)\n?", RegexOptions.Multiline)]
    private static partial Regex Hints();

    [GeneratedRegex(@"^(?<indent>[ \t]*)(?<mark>//|\#+|--)[ \t]*BEGIN SOLUTION\b")]
    private static partial Regex Begin();

    [GeneratedRegex(@"^[ \t]*(?://|\#+|--)[ \t]*END SOLUTION\b")]
    private static partial Regex End();

    [GeneratedRegex(@"^(?<indent>[ \t]*)(?://|\#|--)[ \t]*STUB (?<code>.*)$")]
    private static partial Regex Stub();
}
