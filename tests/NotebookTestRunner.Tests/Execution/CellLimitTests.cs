using NotebookTestRunner.Execution;
using NotebookTestRunner.Settings;

namespace NotebookTestRunner.Tests.Execution;

public sealed class CellLimitTests
{
    [Theory]
    [InlineData(null, 0, 10, "ran longer than 10 s")]
    [InlineData(30.0, 20, 10, "ran longer than 10 s")]
    [InlineData(30.0, 21, 9, "was running when the notebook's limit of 30 s was reached")]
    [InlineData(30.0, 30, 0, "was running when the notebook's limit of 30 s was reached")]
    [InlineData(30.0, 31, 0, "was running when the notebook's limit of 30 s was reached")]
    public void A_cell_has_its_own_time_or_what_is_left_of_the_notebooks(double? notebook, double elapsed, double seconds, string breach)
    {
        var limit = Of(TimeSpan.FromSeconds(10), notebook, elapsed);

        Assert.Equal((seconds, breach), (limit.Duration.TotalSeconds, limit.Breach));
    }

    [Fact]
    public void A_cell_without_a_limit_has_what_is_left_of_the_notebooks()
    {
        Assert.Equal(TimeSpan.FromSeconds(25), Of(Timeout.InfiniteTimeSpan, 30, 5).Duration);
        Assert.Equal(Timeout.InfiniteTimeSpan, Of(Timeout.InfiniteTimeSpan, null, 5).Duration);
    }

    [Fact]
    public void The_run_says_how_long_a_cell_may_take_otherwise_the_settings_otherwise_two_minutes()
    {
        var notebook = TestNotebook.Of("1");
        var settings = NotebookSettings.Read("/none/lesson.ipynb", notebook).Oracle;

        Assert.Equal(TimeSpan.FromSeconds(120), CellOracle.TimeoutOf(new RunOptions(), settings));
        Assert.Equal(TimeSpan.FromSeconds(7), CellOracle.TimeoutOf(new RunOptions { CellTimeout = TimeSpan.FromSeconds(7) }, settings));
    }

    private static CellLimit Of(TimeSpan cell, double? notebookSeconds, double elapsed)
    {
        var notebook = TestNotebook.Of("1");
        var options = new RunOptions { CellTimeout = cell, NotebookTimeout = notebookSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
        return CellLimit.Of(CellPlan.ReadAll(notebook, "/none/lesson.ipynb", options, NotebookSettings.Read("/none/lesson.ipynb", notebook))[0], options, TimeSpan.FromSeconds(elapsed));
    }
}
