using System.Globalization;
using System.Text.RegularExpressions;

namespace NotebookTestRunner.Comparison;

/// <summary>Compares texts after normalizing both, numbers within a tolerance.</summary>
internal sealed partial class TextComparer(IReadOnlyList<Normalizer> normalizers, NumberTolerance tolerance, NumberProbe? probe = null)
{
    /// <summary>
    /// Longer texts are compared line by line from both ends, and only lines that differ are normalized: so 50 MB take no longer
    /// than they must. A normalizer cannot look across lines there.
    /// </summary>
    public const int LongText = 256 * 1024;

    /// <summary>How far fractions may be apart that are shown with all digits.</summary>
    private static readonly NumberTolerance LastDigits = new(1e-12);

    public IReadOnlyList<Normalizer> Normalizers => normalizers;

    /// <summary>Whether the tolerance is for the last digits of fractions only: counts and ids are whole.</summary>
    public bool WholeNumbersExactly { get; init; }

    /// <summary>The text as it is compared: blanks at the ends of lines out, what differs from run to run masked.</summary>
    public string Normalize(string text)
    {
        // Line ends and trailing blanks depend on the platform and on padding, and cannot be seen.
        var seen = string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n');
        return normalizers.Aggregate(seen, (current, normalizer) => normalizer.Apply(current));
    }

    /// <summary>How two texts differ, line by line, or null when they agree.</summary>
    public string? Difference(string stored, string now)
    {
        if (stored == now) return null;
        if (stored.Length > LongText || now.Length > LongText) return LongDifference(Lines(stored), Lines(now));
        var (a, b) = (Normalize(stored), Normalize(now));
        return Agree(a, b) ? null : LineDifference.Show(a.Split('\n'), b.Split('\n'), Agree);
    }

    /// <summary>Whether two normalized texts agree.</summary>
    public bool Agree(string stored, string now)
    {
        if (stored == now) return true;
        var isExact = tolerance.IsExact && probe is null;
        if (isExact && !HasAllDigits(stored) && !HasAllDigits(now)) return false;

        var storedNumbers = Numbers().Matches(stored);
        var nowNumbers = Numbers().Matches(now);
        if (storedNumbers.Count != nowNumbers.Count || Skeleton(stored) != Skeleton(now)) return false;
        var changed = storedNumbers.Zip(nowNumbers, (before, after) => (Stored: before.Value, Now: after.Value)).Where(pair => pair.Stored != pair.Now).ToList();
        // Where no number changed, blanks did.
        return (changed.Count > 0 || !isExact) && changed.TrueForAll(pair => DifferInLastDigits(pair.Stored, pair.Now) || (!isExact && Agree(Parse(pair.Stored), Parse(pair.Now))));
    }

    /// <summary>Whether two numbers agree.</summary>
    public bool Agree(double stored, double now) =>
        probe?.Take(stored, now) ?? (WholeNumbersExactly && double.IsInteger(stored) && double.IsInteger(now) ? stored == now : tolerance.Allows(stored, now));

    private string? LongDifference(string[] stored, string[] now)
    {
        var first = 0;
        while (first < stored.Length && first < now.Length && SameLine(stored[first], now[first])) first++;
        if (first == stored.Length && first == now.Length) return null;
        var (lastStored, lastNow) = (stored.Length - 1, now.Length - 1);
        while (lastStored >= first && lastNow >= first && SameLine(stored[lastStored], now[lastNow])) (lastStored, lastNow) = (lastStored - 1, lastNow - 1);

        var before = Math.Min(first, LineDifference.Context);
        var after = Math.Min(stored.Length - 1 - lastStored, LineDifference.Context);
        return LineDifference.Show(
            Excerpt(stored, first - before, lastStored + after), Excerpt(now, first - before, lastNow + after), Agree, first - before, stored.Length - 1 - lastStored - after);
    }

    private bool SameLine(string stored, string now) => stored == now || Agree(NormalizeLine(stored), NormalizeLine(now));

    private string NormalizeLine(string line)
    {
        // A line of megabytes is data, not text for a reader.
        return line.Length > LongText ? line.TrimEnd() : Normalize(line);
    }

    // No reader looks at more than a screenful, and finding the best alignment takes time by the square.
    private string[] Excerpt(string[] lines, int first, int last) =>
        [.. lines.Skip(first).Take(Math.Min(last - first + 1, LineDifference.MostCompared + 1)).Select(NormalizeLine)];

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    // Widths of padded columns change with the digits, so runs of blanks count as one.
    private static string Skeleton(string text) => Blanks().Replace(Numbers().Replace(text, "0"), " ");

    // Of a fraction that is shown with all its digits the last ones are the processor's and the library's: the order in which they add, a fused multiplication.
    private static bool DifferInLastDigits(string stored, string now) => (HasAllDigits(stored) || HasAllDigits(now)) && LastDigits.Allows(Parse(stored), Parse(now));

    private static bool HasAllDigits(string text) => AllDigits().IsMatch(text);

    private static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![\w.])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")]
    private static partial Regex Numbers();

    // A double has 15 digits that are certain; those after it are not.
    [GeneratedRegex(@"(?<![\d.])(?=(?>\d+)\.\d)[.0]*[1-9](?:\.?\d){14}")]
    private static partial Regex AllDigits();

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex Blanks();
}
