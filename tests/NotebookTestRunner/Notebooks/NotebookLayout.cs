namespace NotebookTestRunner.Notebooks;

/// <summary>How a notebook's JSON is laid out, so that writing it back changes no line that says the same.</summary>
/// <param name="NewLine">What ends a line.</param>
/// <param name="Indent">What a level of nesting is indented by.</param>
/// <param name="FinalNewLine">Whether the last line is ended too.</param>
internal sealed record NotebookLayout(string NewLine, string Indent, bool FinalNewLine)
{
    /// <summary>Jupyter's own: indented by one space, a final newline.</summary>
    public static NotebookLayout Jupyter { get; } = new("\n", " ", FinalNewLine: true);

    /// <summary>The layout of a file's text. Text on a single line is to become as Jupyter would save it.</summary>
    public static NotebookLayout Of(string json)
    {
        var firstEnd = json.IndexOf('\n', StringComparison.Ordinal);
        if (firstEnd <= 0 || firstEnd == json.Length - 1) return Jupyter;

        // A JSON string holds no raw line ends, so the first one tells for all.
        var second = json.AsSpan(firstEnd + 1);
        var indent = second[..Math.Max(0, second.IndexOfAnyExcept(" \t"))];
        return new(json[firstEnd - 1] == '\r' ? "\r\n" : "\n", indent.IsEmpty ? Jupyter.Indent : indent.ToString(), json.EndsWith('\n'));
    }
}
