using System.Text.RegularExpressions;

namespace NotebookTestRunner.Checks.Contracts.Reading;

/// <summary>Finds the comments <c>// contract: …</c> (<c># contract: …</c> in other languages) in the first lines of a cell.</summary>
internal static partial class ContractComments
{
    /// <summary>Whether a line is such a comment.</summary>
    public static bool Is(string line) => Comment().IsMatch(line.Trim());

    /// <summary>What they say, and in which line of the cell. Together they are one YAML text, so blanks after the colon but the first count.</summary>
    public static IReadOnlyList<(int Number, string Text)> Read(string source) =>
        [.. source.Split('\n').Select((line, i) => (Line: line.Trim(), Number: i + 1))
            .TakeWhile(line => line.Line.Length == 0 || AnyComment().IsMatch(line.Line))
            .Select(line => (line.Number, Match: Comment().Match(line.Line)))
            .Where(line => line.Match.Success)
            .Select(line => (line.Number, line.Match.Groups["text"].Value))];

    [GeneratedRegex(@"^(?://|\#|--)")]
    private static partial Regex AnyComment();

    [GeneratedRegex(@"^(?://|\#|--)\s*contract:[ \t]?(?<text>.*)$")]
    private static partial Regex Comment();
}
