using NotebookTestRunner.Resources;

namespace NotebookTestRunner.Tests.Resources;

public sealed class RunHistoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Durations_are_kept_and_compared_in_the_next_run()
    {
        await SaveAsync(Result(10, Cell(1, 1), Cell(2, 2)));

        var result = Compare(Result(16, Cell(1, 1.6), Cell(2, 2.4)));

        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], result.Cells.Select(cell => cell.PreviousDuration));
        Assert.Equal([true, false], result.Cells.Select(cell => cell.IsSlower));
        Assert.True(result.IsSlower);
    }

    [Theory]
    [InlineData(0.1, 0.5, false)]
    [InlineData(0.1, 0.7, true)]
    [InlineData(10, 14.9, false)]
    [InlineData(10, 15.1, true)]
    [InlineData(10, 1, false)]
    public async Task A_slowdown_is_flagged_beyond_half_as_much_again_and_half_a_second(double before, double now, bool slower)
    {
        await SaveAsync(Result(before, Cell(1, before)));

        Assert.Equal(slower, Compare(Result(now, Cell(1, now))).Cells[0].IsSlower);
    }

    [Fact]
    public async Task A_cell_is_known_by_its_id_wherever_it_moves_and_otherwise_by_its_place_and_words()
    {
        await SaveAsync(Result(3, Cell(1, 1) with { CellId = "a" }, Cell(2, 2)));

        var result = Compare(Result(3, Cell(2, 2) with { FirstLine = "other words" }, Cell(9, 1) with { CellId = "a" }));

        Assert.Equal([null, TimeSpan.FromSeconds(1)], result.Cells.Select(cell => cell.PreviousDuration));
    }

    [Fact]
    public async Task Failed_runs_change_nothing_and_other_notebooks_stay()
    {
        await SaveAsync(Result(3, Cell(1, 1)));
        await SaveAsync(Result(99, Cell(1, 99) with { Verdict = Verdict.Failed }));
        await SaveAsync(Result(5, Cell(1, 5)) with { Path = folder.File("other.ipynb") });

        Assert.Equal(TimeSpan.FromSeconds(1), Compare(Result(1, Cell(1, 1))).Cells[0].PreviousDuration);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"version\": 99, \"notebooks\": {}}")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task A_history_that_cannot_be_used_is_begun_anew(string text)
    {
        folder.Write("history.json", text);

        Assert.Null(Compare(Result(1, Cell(1, 1))).Cells[0].PreviousDuration);
        await SaveAsync(Result(1, Cell(1, 1)));
        Assert.NotNull(Compare(Result(1, Cell(1, 1))).Cells[0].PreviousDuration);
    }

    private NotebookResult Compare(NotebookResult result) => RunHistory.Load(folder.File("history.json")).Compare([result])[0];

    private Task SaveAsync(NotebookResult result) => RunHistory.Load(folder.File("history.json")).SaveAsync([result], TestContext.Current.CancellationToken);

    private NotebookResult Result(double seconds, params CellResult[] cells) => new() { Path = folder.File("lesson.ipynb"), Duration = TimeSpan.FromSeconds(seconds), Cells = cells };

    private static CellResult Cell(int number, double seconds) => new() { Number = number, FirstLine = $"line {number}", Verdict = Verdict.Passed, Duration = TimeSpan.FromSeconds(seconds) };
}
