using System.Text.RegularExpressions;

namespace Tutorial.Cli.Reporting;

/// <summary>The last line of what a cell prints, such as its progress bar: text comes in pieces, a carriage return starts the line over.</summary>
internal sealed partial class PrintedLine
{
    private string _open = "";

    /// <summary>The last line that is not blank.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Adds what was printed.</summary>
    public void Append(string printed)
    {
        // A piece may end between a carriage return and its line feed; only what follows the last break stays open.
        var pieces = (_open + printed).Split('\r', '\n');
        _open = pieces[^1];
        if (pieces.Select(Visible).LastOrDefault(piece => !string.IsNullOrWhiteSpace(piece)) is { } last)
            Text = last.TrimEnd();
    }

    /// <summary>The text without colours and control characters, tabs as spaces.</summary>
    public static string Visible(string text) =>
        string.Concat(Escapes().Replace(text, "").Replace("\t", "    ", StringComparison.Ordinal).Where(character => !char.IsControl(character)));

    [GeneratedRegex(@"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.?)")]
    private static partial Regex Escapes();
}
