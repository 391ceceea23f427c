using NotebookTestRunner;
using Spectre.Console;

namespace Tutorial.Cli.Reporting;

/// <summary>The table at the end of a run.</summary>
internal static class ResultTable
{
    private const int MostSlow = 5;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>Writes one line per notebook and, where there are several, one for all; then the slowest cells, and what takes longer than in the last run.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<NotebookResult> results)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("Notebook")
            .AddColumn(new TableColumn("Cells").RightAligned())
            .AddColumn(new TableColumn("Seconds").RightAligned())
            .AddColumn("Verdict");
        foreach (var result in results)
        {
            table.AddRow(
                new Text(Path.GetFileNameWithoutExtension(result.Path)),
                new Text(result.Cells.Count == 0 ? "" : Outcome.Cells(result.Cells)),
                new Text(result.Duration == TimeSpan.Zero ? "" : Outcome.Seconds(result.Duration)),
                Verdict($"{Outcome.Sign(result.Verdict)} {Outcome.Words(result)}", result.Verdict));
        }

        if (results.Count > 1)
        {
            var passed = results.Count(result => result.Verdict == NotebookTestRunner.Verdict.Passed);
            table.AddEmptyRow();
            table.AddRow(
                new Text(FormattableString.Invariant($"{results.Count} notebooks")),
                new Text(Outcome.Cells(results.SelectMany(result => result.Cells))),
                new Text(Outcome.Seconds(results.Aggregate(TimeSpan.Zero, (sum, result) => sum + result.Duration))),
                new Text(passed == results.Count ? "all passed" : FormattableString.Invariant($"{passed} of {results.Count} passed")));
        }

        console.WriteLine();
        console.Write(table);
        WriteSlowest(console, results);
    }

    private static void WriteSlowest(IAnsiConsole console, IReadOnlyList<NotebookResult> results)
    {
        var cells = results.SelectMany(result => result.Cells.Select(cell => (Notebook: Path.GetFileNameWithoutExtension(result.Path), Cell: cell))).ToList();
        var slow = cells.Where(pair => pair.Cell.IsSlower || pair.Cell.Duration >= Slow).OrderByDescending(pair => pair.Cell.Duration).ToList();
        // A single slow cell is no list, unless it is news.
        if (slow.Count < 2 && !slow.Any(pair => pair.Cell.IsSlower))
            return;
        console.WriteLine("Slowest cells:");
        foreach (var (notebook, cell) in slow.Where((pair, i) => i < MostSlow || pair.Cell.IsSlower))
        {
            var trend = cell.IsSlower ? $", was {Outcome.Seconds(cell.PreviousDuration!.Value)} s" : "";
            var memory = cell.PeakMemory is { } peak ? FormattableString.Invariant($", {peak / 1e6:0} MB") : "";
            console.WriteLine(FormattableString.Invariant($"  {Outcome.Seconds(cell.Duration)} s{trend}{memory}  {notebook}, cell {cell.Number}: {PrintedLine.Visible(cell.FirstLine)}"));
        }
    }

    private static Text Verdict(string words, Verdict verdict) => new(words, new Style(Outcome.Colour(verdict)));
}
