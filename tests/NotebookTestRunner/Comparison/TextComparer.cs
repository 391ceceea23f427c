using System.Globalization;
using System.Text.RegularExpressions;

namespace NotebookTestRunner.Comparison;

/// <summary>Compares texts after normalizing both, numbers within a relative tolerance.</summary>
internal sealed partial class TextComparer(IReadOnlyList<Normalizer> normalizers, double tolerance)
{
    public double Tolerance => tolerance;

    public string Normalize(string text)
    {
        // Line ends and trailing blanks depend on the platform and on padding, and cannot be seen.
        var seen = string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n');
        return normalizers.Aggregate(seen, (current, normalizer) => normalizer.Apply(current));
    }

    /// <summary>Whether two normalized texts agree.</summary>
    public bool Agree(string stored, string now)
    {
        if (stored == now) return true;
        if (tolerance == 0) return false;

        var storedNumbers = Numbers().Matches(stored);
        var nowNumbers = Numbers().Matches(now);
        return storedNumbers.Count == nowNumbers.Count
            && Skeleton(stored) == Skeleton(now)
            && storedNumbers.Zip(nowNumbers).All(pair => Agree(Parse(pair.First.Value), Parse(pair.Second.Value)));
    }

    public bool Agree(double stored, double now) =>
        stored.Equals(now) || Math.Abs(stored - now) <= tolerance * Math.Max(Math.Abs(stored), Math.Abs(now));

    // Widths of padded columns change with the digits, so runs of blanks count as one.
    private static string Skeleton(string text) => Blanks().Replace(Numbers().Replace(text, "0"), " ");

    private static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![\w.])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex Blanks();
}
