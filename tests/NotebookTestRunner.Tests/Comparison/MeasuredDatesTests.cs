using System.Text.Json.Nodes;
using NotebookTestRunner.Comparison;
using NotebookTestRunner.Outputs;
using static NotebookTestRunner.Tests.TestCell;

namespace NotebookTestRunner.Tests.Comparison;

public sealed class MeasuredDatesTests
{
    private static readonly RunMoment Run = new(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(2));

    [Theory]
    [InlineData("2020-01-01", true)]
    [InlineData("2031-01-01", true)]
    [InlineData("2020-01-01T00:00:00", true)]
    [InlineData("2020-01-01 00:00", true)]
    [InlineData("2020-01-01T00:00:00.000000Z", true)]
    [InlineData("2020-01-01 00:00:00 UTC", true)]
    [InlineData("2020-01-01 00:00:00+00:00", true)]
    [InlineData("2020-99-99", true)]
    [InlineData("13/7/2020", true)]
    [InlineData("2020-01-01T08:15:30", false)]
    [InlineData("2020-01-01 00:00:01", false)]
    [InlineData("00:00:00", false)]
    [InlineData("1577836800000", false)]
    [InlineData("2026-11-26", false)]
    [InlineData("2026-10-25", false)]
    [InlineData("2026-10-24", true)]
    [InlineData("2026-12-30", false)]
    [InlineData("2026-12-31", true)]
    [InlineData("12/11/2026", false)]
    [InlineData("3/11/2026", false)]
    [InlineData("11/3/2026", false)]
    [InlineData("3/4/2026", true)]
    [InlineData("4 July 1976", true)]
    [InlineData("July 4th, 1976", true)]
    [InlineData("Sunday, 04 Jul 1976", true)]
    [InlineData("Sun, Sept. 5, 1976", true)]
    [InlineData("4 July 1976 08:15", false)]
    [InlineData("Sun Jul  4 08:15:30 1976", false)]
    [InlineData("Thursday, 26 November 2026", false)]
    [InlineData("Nov 27, 2026", false)]
    public void A_date_alone_and_far_from_the_run_is_data(string date, bool isData) => Assert.Equal(isData, MeasuredDates.IsData(date, Run));

    [Fact]
    public void What_stands_in_its_place_is_shown_with_it() =>
        Assert.Equal(["2020-01-01", "2020-02-01"], Find("log 2026-03-01 08:15, born 2020-02-01", "log 2026-11-26 12:00, born 2020-01-01"));

    [Fact]
    public void What_an_older_run_had_from_its_clock_is_not() => Assert.Empty(Find("today is 2026-03-01", "today is 2026-11-26"));

    [Fact]
    public void They_are_found_in_the_data_of_figures()
    {
        IReadOnlyList<CellOutput> figure = [new DisplayDataOutput(
            new Dictionary<string, JsonNode?> { ["application/vnd.plotly.v1+json"] = new JsonObject { ["data"] = new JsonArray(new JsonObject { ["x"] = new JsonArray("2020-01-01", 3, null) }) } }, [])];

        Assert.Equal(["2020-01-01"], MeasuredDates.FindData([], figure, Run));
    }

    [Fact]
    public void A_long_text_is_searched_for_none() => Assert.Empty(Find("", new string('x', TextComparer.LongText) + " 2020-01-01"));

    private static IEnumerable<string> Find(string stored, string now) => MeasuredDates.FindData([Printed(stored)], [Printed(now)], Run).Order(StringComparer.Ordinal);
}
