using System.Globalization;
using System.Text.RegularExpressions;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Comparison;

/// <summary>
/// Tells durations that a run may have measured from those that are data, such as a half-life or a time limit: no run has measured more than it took
/// itself, on all processors.
/// </summary>
internal static partial class MeasuredDurations
{
    // Rounding, a kernel that was started ahead, an estimate of what is left: a doubtful duration is masked.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>The durations of a cell that this run cannot have measured, and what is stored in their places.</summary>
    /// <param name="stored">The outputs stored.</param>
    /// <param name="now">The outputs of this run.</param>
    /// <param name="elapsed">How long the notebook has been running.</param>
    /// <returns>Their texts, without blanks around.</returns>
    public static IReadOnlySet<string> FindData(IReadOnlyList<CellOutput> stored, IReadOnlyList<CellOutput> now, TimeSpan elapsed)
    {
        var most = Margin + (elapsed * Environment.ProcessorCount);
        var shown = Durations(now);
        var data = shown.Where(duration => Length(duration) > most).ToHashSet();
        if (data.Count == 0) return data;
        var before = Durations(stored);
        // Shown beside each other, not one of them masked.
        if (before.Count == shown.Count) data.UnionWith(before.Zip(shown).Where(pair => data.Contains(pair.Second)).Select(pair => pair.First).ToList());
        return data;
    }

    /// <summary>How long a duration is; null when it is not understood.</summary>
    internal static TimeSpan? Length(string duration)
    {
        var seconds = 0.0;
        foreach (Match part in Part().Matches(duration))
        {
            // A comma before three digits separates thousands.
            var number = Separator().Replace(part.Groups["number"].Value, "").Replace(',', '.');
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return null;
            seconds += value * Unit(part.Groups["unit"].Value);
        }
        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
    }

    private static double Unit(string unit) => unit switch
    {
        ['n', ..] => 1e-9,
        ['u' or 'µ' or 'μ', ..] or ['m', 'i', 'c', ..] => 1e-6,
        "ms" or ['m', 'i', 'l', ..] => 1e-3,
        ['m', ..] => 60,
        ['h', ..] => 3600,
        _ => 1,
    };

    private static List<string> Durations(IReadOnlyList<CellOutput> outputs)
    {
        var texts = outputs.SelectMany(Texts).ToList();
        // A long text is data for no reader; its durations are masked as ever.
        return texts.Sum(text => (long)text.Length) > TextComparer.LongText ? [] : [.. texts.SelectMany(text => Normalizer.DurationPattern().Matches(text)).Select(match => match.Value.Trim())];
    }

    private static IEnumerable<string> Texts(CellOutput output) => output switch
    {
        StreamOutput stream => [stream.Text],
        ErrorOutput error => [error.Value],
        DisplayOutput display => display.Data.Keys.Where(type => !type.StartsWith("image/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(display.Text).OfType<string>(),
        _ => [],
    };

    [GeneratedRegex(@"(?<number>\d[\d.,]*) ?(?<unit>[A-Za-zµμ]+)")]
    private static partial Regex Part();

    [GeneratedRegex(@",(?=\d{3}(?!\d))")]
    private static partial Regex Separator();
}
