using System.Globalization;

namespace NotebookTestRunner.Execution;

/// <summary>How long a cell may run, and how to say that it did not keep to it.</summary>
/// <param name="Duration">The time it has; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
/// <param name="Breach">What happened when the time is up, such as "ran longer than 120 s".</param>
/// <param name="Advice">What to do about it.</param>
internal sealed record CellLimit(TimeSpan Duration, string Breach, string Advice)
{
    /// <summary>The cell's own limit or the run's, or what is left of the notebook's when that is less.</summary>
    /// <param name="plan">The cell.</param>
    /// <param name="options">The run's limits.</param>
    /// <param name="elapsed">The time the notebook has taken so far.</param>
    public static CellLimit Of(CellPlan plan, RunOptions options, TimeSpan elapsed)
    {
        var own = plan.Oracle.Timeout;
        if (options.NotebookTimeout is { } whole && (own < TimeSpan.Zero || whole - elapsed < own))
        {
            return new(whole > elapsed ? whole - elapsed : TimeSpan.Zero, $"was running when the notebook's limit of {Seconds(whole)} was reached",
                "Give the notebook more time, or make its cells quicker.");
        }
        return new(own, $"ran longer than {Seconds(own)}", plan.InItsLanguage("Find out what it waits for, or give it more time with a first line \"// test: timeout SECONDS\"."));
    }

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
}
