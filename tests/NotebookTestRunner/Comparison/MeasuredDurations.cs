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
    /// <param name="run">When it ran, and how long.</param>
    public static IReadOnlySet<string> FindData(IReadOnlyList<CellOutput> stored, IReadOnlyList<CellOutput> now, RunMoment run)
    {
        var most = Margin + (run.Elapsed * Environment.ProcessorCount);
        return ShownValues.FindData(Normalizer.DurationPattern(), duration => Length(duration) > most, stored, now);
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

    [GeneratedRegex(@"(?<number>\d[\d.,]*) ?(?<unit>[A-Za-zµμ]+)")]
    private static partial Regex Part();

    [GeneratedRegex(@",(?=\d{3}(?!\d))")]
    private static partial Regex Separator();
}
