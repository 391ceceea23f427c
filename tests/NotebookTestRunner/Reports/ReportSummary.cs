using System.Globalization;

namespace NotebookTestRunner.Reports;

/// <summary>A run in one sentence.</summary>
internal static class ReportSummary
{
    /// <summary>Such as "2 notebooks, 14 code cells: 13 passed, 1 failed · 2026-11-26 10:00 UTC".</summary>
    public static string Sentence(IReadOnlyList<NotebookResult> results)
    {
        var cells = results.SelectMany(result => result.Cells).ToList();
        var parts = Enum.GetValues<Verdict>()
            .Select(verdict => (Name: Words(verdict), Count: cells.Count(cell => cell.Verdict == verdict)))
            .Where(part => part.Count > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.Name}"));
        var started = results.Select(result => result.StartedAt).Where(time => time != default).DefaultIfEmpty().Min();
        return string.Create(CultureInfo.InvariantCulture, $"{results.Count} {(results.Count == 1 ? "notebook" : "notebooks")}, {cells.Count} code {(cells.Count == 1 ? "cell" : "cells")}")
            + (cells.Count > 0 ? ": " + string.Join(", ", parts) : "")
            + (results.Count(result => result.CouldNotBeRun) is > 0 and var torn ? string.Create(CultureInfo.InvariantCulture, $"; {torn} {(torn == 1 ? "notebook" : "notebooks")} could not be run") : "")
            + (started == default ? "" : string.Create(CultureInfo.InvariantCulture, $" · {started.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));
    }

    /// <summary>A verdict as people say it.</summary>
    public static string Words(Verdict verdict) => verdict == Verdict.NotRun ? "not run" : verdict.ToString().ToLowerInvariant();

    /// <summary>The cells that took longest, longest first.</summary>
    public static IReadOnlyList<(NotebookResult Notebook, CellResult Cell)> Slowest(IReadOnlyList<NotebookResult> results, int most, TimeSpan least) =>
    [
        .. results.SelectMany(result => result.Cells.Select(cell => (Notebook: result, Cell: cell)))
            .Where(pair => pair.Cell.Duration >= least).OrderByDescending(pair => pair.Cell.Duration).Take(most),
    ];
}
