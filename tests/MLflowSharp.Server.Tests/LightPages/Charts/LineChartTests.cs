using MLflowSharp.Server.LightPages.Charts;

namespace MLflowSharp.Server.Tests.LightPages.Charts;

public sealed class LineChartTests
{
    [Fact]
    public void Ticks_are_round_and_within()
    {
        Assert.Equal([0, 0.2, 0.4, 0.6, 0.8, 1.0], new ChartScale([0, 1], isLog: false).Ticks(5), (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.Equal([0.001, 0.01, 0.1, 1.0, 10], new ChartScale([0.0007, 12], isLog: true).Ticks(5), (one, other) => Math.Abs(one - other) < 1e-12);
    }

    [Theory]
    [InlineData(5.0)]
    [InlineData(0.0)]
    [InlineData(-3e200)]
    public void One_value_is_in_the_middle(double value)
    {
        var scale = new ChartScale([value], isLog: false);

        Assert.Equal(0.5, scale.Fraction(value), 6);
        Assert.InRange(scale.Ticks(5).Count(), 1, 12);
    }

    [Fact]
    public void Values_that_cannot_be_drawn_leave_a_gap()
    {
        var chart = Chart([new(0, 0, 1), new(1, 0, double.NaN), new(2, 0, 2), new(3, 0, double.PositiveInfinity), new(4, 0, 3)]).Render().ToString();

        Assert.Equal(3, chart.Split("<circle").Length - 1);
        Assert.DoesNotContain("NaN", chart, StringComparison.Ordinal);
        // Three beginnings: no line crosses what is not there.
        Assert.Equal(3, chart[chart.IndexOf("<path", StringComparison.Ordinal)..].Split('"')[1].Count(c => c == 'M'));
    }

    [Fact]
    public void A_logarithmic_chart_leaves_out_what_is_not_above_0()
    {
        var chart = new LineChart { Lines = Chart([new(0, 0, -1), new(1, 0, 0), new(2, 0, 10), new(3, 0, 1000)]).Lines, Title = "m", IsLog = true }.Render().ToString();

        Assert.Equal(2, chart.Split("<circle").Length - 1);
    }

    [Fact]
    public void A_chart_says_in_words_what_it_shows_and_names_stay_names()
    {
        var chart = new LineChart { Lines = [new("<b>", "1", [new(0, 0, 0.5), new(7, 0, 0.25)])], Title = "loss" }.Render().ToString();

        Assert.Contains("aria-label=\"loss. &lt;b&gt; from 0.5 at step 0 to 0.25 at step 7\"", chart, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", chart, StringComparison.Ordinal);
    }

    [Fact]
    public void Smoothing_keeps_a_constant_and_calms_noise()
    {
        var noise = new ChartLine("n", "1", [.. Enumerable.Range(0, 100).Select(i => new ChartPoint(i, i, i % 2))]);

        Assert.All(new ChartLine("c", "1", [.. noise.Points.Select(point => point with { Value = 3 })]).Smooth(0.9).Points, point => Assert.Equal(3, point.Value, 9));
        Assert.All(noise.Smooth(0.97).Points.Skip(50), point => Assert.InRange(point.Value, 0.4, 0.6));
        Assert.Equal(noise.Points, noise.Smooth(0).Points);
    }

    [Fact]
    public void Nothing_is_an_empty_chart() => Assert.Contains("r has no points", Chart([]).Render().ToString(), StringComparison.Ordinal);

    private static LineChart Chart(ChartPoint[] points) => new() { Lines = [new("r", "1", points)], Title = "m" };
}
