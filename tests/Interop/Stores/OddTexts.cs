using System.Text;

namespace Interop.Stores;

/// <summary>Texts that YAML has a reason to quote, fold or escape: known ones, and random ones of the pieces that matter.</summary>
internal static class OddTexts
{
    private static readonly string[] Known =
    [
        "yes", "No", "on", "null", "~", "Null", "1", "-1", "+1", "1.5", "1e5", "1.0e+5", ".5", "0x1F", "0b1", "017", "1_000", "1:30", "1:30.5", ".inf", "-.INF", ".nan",
        "2026-11-25", "2026-11-25 10:00:00", "2026-1-2T1:02:03.4Z", "<<", "=", "-", "--", "---", "--- a", "...", "... a", "- a", "-a", "?", "? a", "?a", ":", ": a", ":a", "a:", "a: b", "a:b",
        "#", "# a", "a #b", "a#b", "&a", "*a", "!a", "|", ">", "'", "''", "it's", "\"", "\"a\"", "%a", "@a", "`a`", "[a]", "{a}", "a, b", "a]", "a}",
        " a", "a ", "  ", "a  b", "a\nb", "a\n\nb", "\na", "a\n", "a \nb", "a\n b", "a\tb", "\t", "a\r\nb", "\r", "\u0000", "\u0001", "\u001b[31m", "\u007f", "\u0085", "\u00a0", "\u00ad", "\u2028", "a\u2028b",
        "\u2029", "\ufeff", "\ufffd", "\ue000", "ä", "数字", "😀", "a😀 b", "true", "True", "TRUE", "y", "n", "Y", "off", "0", "00", "0o17", "1.", "1.e5", "-0", "12e03", "\\", "\\n", "a\\b", "~a", "=a", "<<a",
        new string('x', 100), string.Join(' ', Enumerable.Repeat("word", 60)), "'" + string.Join(' ', Enumerable.Repeat("it's", 60)), string.Join("  ", Enumerable.Repeat("double spaced", 30)),
        string.Join(' ', Enumerable.Repeat("ä: 数字 #", 40)), string.Join('\n', Enumerable.Repeat("line of text, long enough to be folded somewhere, if folding there is any", 5)),
        string.Join(' ', Enumerable.Repeat("tab\there", 40)), "\t" + string.Join("  ", Enumerable.Repeat("escaped \u0007 and spaced", 30)), """{"mlflow_tensorspec": {"features": [{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 784]}}], "targets": null}}""",
    ];

    private static readonly string[] Pieces =
    [
        "a", "word", "Z", "9", "0", " ", " ", " ", "  ", "\n", "\n", "'", "\"", ":", ": ", "#", " #", "-", "- ", "?", ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "%", "@", "`", "\\", "\t", "\r",
        "ä", "数", "😀", "\u0085", "\u2028", "\u00a0", "\u0007", "\ufeff", "=", "~", ".", "e", "longer words to reach the fold", "and it's here",
    ];

    public static IReadOnlyList<string> All(int seed, int count)
    {
        var random = new Random(seed);
        var texts = Known.ToHashSet(StringComparer.Ordinal);
        while (texts.Count < count)
        {
            var text = new StringBuilder();
            for (var pieces = random.Next(1, random.Next(2, 40)); pieces > 0; pieces--)
                text.Append(Pieces[random.Next(Pieces.Length)]);
            // A name of blanks only is no name.
            if (!string.IsNullOrWhiteSpace(text.ToString()))
                texts.Add(text.ToString());
        }

        return [.. texts];
    }
}
