using System.Globalization;
using NotebookTestRunner.Comparison;
using NotebookTestRunner.Outputs;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Comparison;

public sealed class MeasuredDurationsTests
{
    private static readonly RunMoment Run = new(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero), TimeSpan.FromSeconds(5));

    [Theory]
    [InlineData("3 s", 3)]
    [InlineData("1 min 5 s", 65)]
    [InlineData("2h 3min", 7380)]
    [InlineData("1 h 2 m 3.5 s", 3723.5)]
    [InlineData("12ms", 0.012)]
    [InlineData("250 microseconds", 0.00025)]
    [InlineData("7 µs", 0.000007)]
    [InlineData("40 ns", 0.00000004)]
    [InlineData("3 milliseconds", 0.003)]
    [InlineData("1,234 ms", 1.234)]
    [InlineData("1,5 s", 1.5)]
    [InlineData("20.4 minutes", 1224)]
    [InlineData("5.7 hours", 20520)]
    public void A_duration_is_understood_in_all_its_spellings(string text, double seconds) => Assert.Equal(seconds, MeasuredDurations.Length(text)!.Value.TotalSeconds, 1e-7);

    [Fact]
    public void One_that_is_too_large_or_not_understood_harms_nothing()
    {
        Assert.Equal(TimeSpan.MaxValue, MeasuredDurations.Length("99999999999999999 h"));
        Assert.Null(MeasuredDurations.Length("1.2.3 s"));
    }

    [Fact]
    public void What_is_longer_than_the_run_is_data_and_what_stands_in_its_place_with_it()
    {
        var data = Find(stored: "took 3 s, halves within 20.4 min", now: "took 4 s, halves within 25.4 min");

        Assert.Equal(["20.4 min", "25.4 min"], data.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_slower_machine_measured_is_not() => Assert.Empty(Find(stored: "took 2 h", now: "took 4 s"));

    [Fact]
    public void All_processors_and_a_minute_for_doubt_count()
    {
        var most = 60 + (5 * Environment.ProcessorCount);

        Assert.Empty(Find("", string.Create(CultureInfo.InvariantCulture, $"{most} s")));
        Assert.Single(Find("", string.Create(CultureInfo.InvariantCulture, $"{most + 1} s")));
    }

    [Fact]
    public void Where_there_are_more_or_fewer_than_stored_only_those_shown_are_known() =>
        Assert.Equal(["25.4 min"], Find(stored: "20.4 min", now: "took 4 s, 25.4 min"));

    [Fact]
    public void They_are_found_in_displays_and_errors_too()
    {
        IReadOnlyList<CellOutput> now = [Displayed("<td>90 min</td>", "text/html"), new ErrorOutput("TimeoutError", "more than 80 min", [])];

        Assert.Equal(["80 min", "90 min"], MeasuredDurations.FindData([], now, Run).Order(StringComparer.Ordinal));
    }

    private static IReadOnlySet<string> Find(string stored, string now) => MeasuredDurations.FindData([Printed(stored)], [Printed(now)], Run);
}
