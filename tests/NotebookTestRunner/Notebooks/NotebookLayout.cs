using System.Text.RegularExpressions;

namespace NotebookTestRunner.Notebooks;

/// <summary>How a notebook's JSON is laid out, so that writing it back changes no line that says the same.</summary>
/// <param name="NewLine">What ends a line; empty for a file of one line.</param>
/// <param name="Indent">What a level of nesting is indented by.</param>
/// <param name="Ascii">Whether text outside ASCII is escaped.</param>
internal sealed partial record NotebookLayout(string NewLine, string Indent, bool Ascii)
{
    /// <summary>The layout of a file's text.</summary>
    public static NotebookLayout Of(string json)
    {
        var ascii = System.Text.Ascii.IsValid(json) && EscapedLetter().IsMatch(json);
        var firstEnd = json.IndexOf('\n', StringComparison.Ordinal);
        if (firstEnd <= 0 || firstEnd == json.Length - 1) return new("", "", ascii);

        // A JSON string holds no raw line ends, so the first one tells for all.
        var second = json.AsSpan(firstEnd + 1);
        var indent = second[..Math.Max(0, second.IndexOfAnyExcept(" \t"))];
        return new(json[firstEnd - 1] == '\r' ? "\r\n" : "\n", indent.IsEmpty ? " " : indent.ToString(), ascii);
    }

    /// <summary>What begins a line at a depth of nesting.</summary>
    public string StartOfLine(int depth) => NewLine + string.Concat(Enumerable.Repeat(Indent, depth));

    // Control characters are escaped in every file.
    [GeneratedRegex(@"(?<!\\)(?:\\\\)*\\u(?!00[01])[0-9a-fA-F]{4}")]
    private static partial Regex EscapedLetter();
}
