using System.Globalization;
using System.Text.RegularExpressions;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Comparison;

/// <summary>
/// Tells dates that a run may have from its clock from those that are data, such as the days of a time series: these stand without a time of day
/// (or with midnight), and far from the day of the run. A date with a time of day may be that of a file or a log, and is masked as ever.
/// </summary>
internal static partial class MeasuredDates
{
    // "A week ago" and "valid for 30 days" come from the clock as well; a doubtful date is masked.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(32);

    private static readonly string[] Spellings = ["yyyy-MM-dd", "d/M/yyyy", "M/d/yyyy", "d MMM yyyy"];

    /// <summary>The dates of a cell that this run cannot have from its clock, and what is stored in their places.</summary>
    /// <param name="stored">The outputs stored.</param>
    /// <param name="now">The outputs of this run.</param>
    /// <param name="run">When it ran.</param>
    public static IReadOnlySet<string> FindData(IReadOnlyList<CellOutput> stored, IReadOnlyList<CellOutput> now, RunMoment run) =>
        ShownValues.FindData(Normalizer.TimestampPattern(), text => IsData(text, run), stored, now);

    /// <summary>Whether a timestamp, as the normalizer takes it, is data in a run.</summary>
    internal static bool IsData(string timestamp, RunMoment run)
    {
        var text = InWords().Match(timestamp) is { Success: true } words ? $"{words.Groups["day"]} {words.Groups["month"]} {words.Groups["year"]}"
            : DayAlone().Match(timestamp) is { Success: true } digits ? digits.Groups["day"].Value
            : null;
        if (text is null) return false;
        // 3/4/2020 is a day in March or in April. What is no day of the calendar comes from no clock.
        return Spellings.Select(spelling => DateTime.TryParseExact(text, spelling, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : (DateTime?)null)
            .OfType<DateTime>().All(date => date < run.Start.UtcDateTime.Date - Margin || date > (run.Start + run.Elapsed).UtcDateTime.Date + Margin);
    }

    [GeneratedRegex(@"^(?<day>\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4})(?:[T ]00:00(?::00(?:[.,]0+)?)?(?:Z| ?UTC|[+-]00:?00)?)?$")]
    private static partial Regex DayAlone();

    // Of a month's name three letters tell it.
    [GeneratedRegex(@"^(?:[A-Z][a-z]{2,8},? )?(?:(?<day>\d{1,2})(?:st|nd|rd|th)? (?<month>[A-Z][a-z]{2})[a-z]*\.?,?|(?<month>[A-Z][a-z]{2})[a-z]*\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,?) (?<year>\d{4})$")]
    private static partial Regex InWords();
}
