using System.Text;
using System.Xml;
using NotebookTestRunner.Comparison;

namespace NotebookTestRunner.Reports;

/// <summary>Text of cells and kernels made fit for files that hold plain text only.</summary>
internal static class PlainReportText
{
    /// <summary>Without colours, which make no sense there, and without control characters, which XML does not allow (XML 1.0, 2.2).</summary>
    public static string Clean(string text)
    {
        var plain = Normalizer.WithoutColours(text);
        var clean = new StringBuilder(plain.Length);
        foreach (var rune in plain.EnumerateRunes())
        {
            if (rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value)) clean.Append(rune);
        }
        return clean.ToString();
    }

    /// <summary>The first line, cleaned.</summary>
    public static string FirstLine(string text) => Clean(text.Split('\n')[0].TrimEnd('\r'));

    /// <summary>The text, cut when it is longer than this, which a note then says.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, most), FormattableString.Invariant($"\n… ({text.Length - most} more characters)"));
}
