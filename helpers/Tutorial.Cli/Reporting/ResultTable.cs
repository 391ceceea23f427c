using NotebookTestRunner;
using Spectre.Console;

namespace Tutorial.Cli.Reporting;

/// <summary>The table at the end of a run.</summary>
internal static class ResultTable
{
    /// <summary>Writes one line per notebook and, where there are several, one for all.</summary>
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
    }

    private static Text Verdict(string words, Verdict verdict) => new(words, new Style(Outcome.Colour(verdict)));
}
