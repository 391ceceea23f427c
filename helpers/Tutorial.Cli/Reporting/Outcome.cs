using System.Globalization;
using NotebookTestRunner;

namespace Tutorial.Cli.Reporting;

/// <summary>What became of a notebook, in words.</summary>
internal static class Outcome
{
    /// <summary>Whether something other than a cell is at fault: the notebook could not be run, or its outputs not be stored.</summary>
    public static bool CouldNotRun(NotebookResult result) =>
        result is { Verdict: Verdict.Failed, Message: not null } && result.Count(Verdict.Failed) == 0;

    /// <summary>The verdict, such as <c>passed</c> or <c>2 cells failed</c>.</summary>
    public static string Words(NotebookResult result) => result.Verdict switch
    {
        Verdict.Passed when result.CachedFrom is { } passed => Invariant($"passed on {passed.UtcDateTime:yyyy-MM-dd HH:mm} UTC, not run again"),
        Verdict.Passed when result.Sections.Count > 0 => Invariant($"passed, and {(result.Sections.Count == 1 ? "its section" : $"each of its {result.Sections.Count} sections")} by itself"),
        Verdict.Passed => result.Updated ? "passed, outputs stored" : "passed",
        Verdict.Skipped => "skipped",
        Verdict.NotRun => result.StartedAt == default ? "not run" : "interrupted",
        _ when CouldNotRun(result) => result.Cells.Count == 0 ? "could not be run" : "not stored",
        _ when result.Count(Verdict.Failed) == 0 => Findings(result.Findings.Count(finding => finding.IsError)),
        _ => result.Count(Verdict.Failed) == 1 ? "1 cell failed" : Invariant($"{result.Count(Verdict.Failed)} cells failed"),
    };

    /// <summary>How many cells ran of how many, such as <c>12</c> or <c>4 of 12</c>.</summary>
    public static string Cells(IEnumerable<CellResult> cells)
    {
        var all = cells.ToList();
        var ran = all.Count(cell => cell.Verdict is Verdict.Passed or Verdict.Failed);
        return ran == all.Count ? Invariant($"{ran}") : Invariant($"{ran} of {all.Count}");
    }

    /// <summary>Seconds with one decimal.</summary>
    public static string Seconds(TimeSpan duration) => Invariant($"{duration.TotalSeconds:0.0}");

    /// <summary>The colour of a verdict.</summary>
    public static Spectre.Console.Color Colour(Verdict verdict) => verdict switch
    {
        Verdict.Passed => Spectre.Console.Color.Green,
        Verdict.Failed => Spectre.Console.Color.Red,
        _ => Spectre.Console.Color.Yellow,
    };

    /// <summary>The sign of a verdict.</summary>
    public static char Sign(Verdict verdict) => verdict switch
    {
        Verdict.Passed => '✓',
        Verdict.Failed => '✗',
        _ => '–',
    };

    private static string Findings(int count) => count == 1 ? "1 finding" : Invariant($"{count} findings");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
