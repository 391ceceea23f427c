using System.Globalization;
using System.Text;

namespace NotebookTestRunner.Comparison;

/// <summary>Characters that a reader cannot tell apart.</summary>
internal static class LookAlikes
{
    // The Greek and Cyrillic letters that are drawn as Latin ones in most fonts (Unicode Technical Standard 39, confusables).
    private const string Foreign = "АВСЕНІЈКМОРЅТХаеорсухіјѕԁΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν";
    private const string Latin = "ABCEHIJKMOPSTXaeopcyxijsdABEZHIKMNOPTYXoav";

    // What a combining mark makes of the letter before it.
    private static readonly Dictionary<char, Dictionary<char, char>> Marks = new()
    {
        ['\u0300'] = Letters("AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
        ['\u0301'] = Letters("AEIOUYaeiouyCcLlNnRrSsZz", "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹź"),
        ['\u0302'] = Letters("AEIOUaeiouCcGgHhJjSsWwYy", "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷ"),
        ['\u0303'] = Letters("ANOanoIiUu", "ÃÑÕãñõĨĩŨũ"),
        ['\u0304'] = Letters("AEIOUaeiou", "ĀĒĪŌŪāēīōū"),
        ['\u0306'] = Letters("AaGgUu", "ĂăĞğŬŭ"),
        ['\u0307'] = Letters("CcEeGgIZz", "ĊċĖėĠġİŻż"),
        ['\u0308'] = Letters("AEIOUaeiouyY", "ÄËÏÖÜäëïöüÿŸ"),
        ['\u030a'] = Letters("AaUu", "ÅåŮů"),
        ['\u030b'] = Letters("OoUu", "ŐőŰű"),
        ['\u030c'] = Letters("CcDdEeNnRrSsTtZz", "ČčĎďĚěŇňŘřŠšŤťŽž"),
        ['\u0327'] = Letters("CcSsTt", "ÇçŞşŢţ"),
        ['\u0328'] = Letters("AaEeIiUu", "ĄąĘęĮįŲų"),
    };

    /// <summary>The text with blanks, dashes, quotes and dots in their ASCII form, letters composed, and invisible characters out.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var folded = new StringBuilder(text.Length);
        foreach (var c in Composed(text))
        {
            _ = c switch
            {
                '\u00ad' or '\u200b' or '\u200c' or '\u200d' or '\u2060' or '\ufeff' => folded,
                '\u2018' or '\u2019' or '\u201b' or '\u2032' => folded.Append('\''),
                '\u201c' or '\u201d' or '\u201f' or '\u2033' => folded.Append('"'),
                '\u2212' => folded.Append('-'),
                '\u2026' => folded.Append("..."),
                _ when char.GetUnicodeCategory(c) == UnicodeCategory.DashPunctuation => folded.Append('-'),
                _ when char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator => folded.Append(' '),
                _ => folded.Append(c),
            };
        }
        return folded.ToString();
    }

    /// <summary>Whether two different texts look the same.</summary>
    public static bool Alike(string a, string b) => a != b && Skeleton(a) == Skeleton(b);

    /// <summary>The characters in which two texts differ, by their code points: "U+0430 → U+0061".</summary>
    public static string Describe(string a, string b)
    {
        var (left, right) = (a.EnumerateRunes().ToList(), b.EnumerateRunes().ToList());
        while (left.Count > 0 && right.Count > 0 && left[0] == right[0]) (left, right) = (left[1..], right[1..]);
        while (left.Count > 0 && right.Count > 0 && left[^1] == right[^1]) (left, right) = (left[..^1], right[..^1]);
        return $"{Points(left)} → {Points(right)}, which look alike";
    }

    private static string Points(List<Rune> runes) => runes.Count == 0 ? "nothing" : string.Join(' ', runes.Take(4).Select(rune => $"U+{rune.Value:X4}"));

    private static string Skeleton(string text) =>
        string.Concat(Fold(text).Select(c => Foreign.IndexOf(c, StringComparison.Ordinal) is >= 0 and var i ? Latin[i] : c));

    // string.Normalize does nothing where globalization is invariant, as in this project: the letters of Europe's languages are enough.
    private static string Composed(string text)
    {
        var composed = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (composed.Length > 0 && Marks.TryGetValue(c, out var letters) && letters.TryGetValue(composed[^1], out var letter)) composed[^1] = letter;
            else composed.Append(c);
        }
        return composed.ToString();
    }

    private static Dictionary<char, char> Letters(string plain, string marked) =>
        plain.Zip(marked).ToDictionary(pair => pair.First, pair => pair.Second);
}
