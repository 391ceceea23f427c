using NotebookTestRunner;
using Tutorial.Cli.Reporting;

namespace Tutorial.Cli.Tests.Reporting;

public sealed class ResultTableTests
{
    private static readonly NotebookResult Passed = Result("00-start-here", 1.25, Verdict.Passed, Verdict.Passed);

    [Fact]
    public void One_notebook_is_one_line() =>
        Assert.Equal("""
            ╭───────────────┬───────┬─────────┬──────────╮
            │ Notebook      │ Cells │ Seconds │ Verdict  │
            ├───────────────┼───────┼─────────┼──────────┤
            │ 00-start-here │     2 │     1.3 │ ✓ passed │
            ╰───────────────┴───────┴─────────┴──────────╯
            """, Table(Passed));

    [Fact]
    public void Several_are_summed_up() =>
        Assert.Equal("""
            ╭───────────────┬────────┬─────────┬─────────────────╮
            │ Notebook      │  Cells │ Seconds │ Verdict         │
            ├───────────────┼────────┼─────────┼─────────────────┤
            │ 00-start-here │      2 │     1.3 │ ✓ passed        │
            │ [02]          │ 2 of 4 │    10.0 │ ✗ 1 cell failed │
            │ 03            │        │         │ – not run       │
            │               │        │         │                 │
            │ 3 notebooks   │ 4 of 6 │    11.3 │ 1 of 3 passed   │
            ╰───────────────┴────────┴─────────┴─────────────────╯
            """, Table(
                Passed,
                Result("[02]", 10, Verdict.Passed, Verdict.Failed, Verdict.NotRun, Verdict.Skipped),
                new NotebookResult { Path = "/x/03.ipynb", Cancelled = true, Message = "Not run." }));

    [Fact]
    public void The_slowest_cells_are_listed_and_those_that_became_slower()
    {
        CellResult Cell(int number, double seconds, double? before = null) => new()
        {
            Number = number, FirstLine = $"Do({number});", Verdict = Verdict.Passed, Duration = TimeSpan.FromSeconds(seconds),
            PreviousDuration = before is { } last ? TimeSpan.FromSeconds(last) : null, PeakMemory = 50_000_000,
        };

        var table = Table(new NotebookResult { Path = "/x/01.ipynb", Cells = [Cell(1, 0.1), Cell(2, 3), Cell(3, 7, before: 2)] });

        Assert.EndsWith("Slowest cells:\n  7.0 s, was 2.0 s, 50 MB  01, cell 3: Do(3);\n  3.0 s, 50 MB  01, cell 2: Do(2);", table.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_way_to_end_has_its_words()
    {
        var interrupted = Result("x", 1, Verdict.Passed, Verdict.NotRun) with { Cancelled = true };

        Assert.Equal("passed", Outcome.Words(Passed));
        Assert.Equal("passed, outputs stored", Outcome.Words(Passed with { Updated = true }));
        Assert.Equal("not stored", Outcome.Words(Passed with { Message = "disk full" }));
        Assert.Equal("2 cells failed", Outcome.Words(Result("x", 1, Verdict.Failed, Verdict.Failed)));
        Assert.Equal("skipped", Outcome.Words(Result("x", 1, Verdict.Skipped)));
        Assert.Equal("interrupted", Outcome.Words(interrupted));
        Assert.Equal("could not be run", Outcome.Words(NotebookResult.FromError("x", new NotebookRunException("no"))));
    }

    private static string Table(params NotebookResult[] results)
    {
        using var writer = new StringWriter();
        ResultTable.Write(Course.CreateConsole(writer), results);
        return string.Join('\n', writer.ToString().Trim().Split('\n').Select(line => line.TrimEnd()));
    }

    private static NotebookResult Result(string name, double seconds, params Verdict[] cells) => new()
    {
        Path = $"/notebooks/{name}.ipynb",
        StartedAt = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.FromSeconds(seconds),
        Cells = [.. cells.Select((verdict, index) => new CellResult { Number = index + 1, FirstLine = "", Verdict = verdict })],
    };
}
