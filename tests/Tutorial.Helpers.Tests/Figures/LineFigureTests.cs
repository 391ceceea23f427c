using System.Text.Json.Nodes;

namespace Tutorial.Helpers.Tests;

public sealed class LineFigureTests
{
    [Fact]
    public void The_description_says_how_each_line_goes() => Assert.Equal(
        "Line chart 'Loss per epoch' with 2 series; epoch from 1 to 3, loss upwards: 3Layer_adagrad falls from 1.43 to 0.45; "
        + "3Layer_adam falls from 0.3 to 0.05 with its lowest, 0.03, at 2.",
        Samples.Figure("lines").Description);

    [Fact]
    public void Positions_are_used_as_given()
    {
        var figure = Figures.Lines("t", "step", "y", new Series("a", [3, 5], [100, 200]));

        var values = Vega(figure)["data"]!["values"]!.AsArray();

        Assert.Equal([100, 200], values.Select(value => (double)value!["x"]!));
        Assert.Contains("step from 100 to 200", figure.Description, StringComparison.Ordinal);
        Assert.Contains("a rises from 3 to 5", figure.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.3, "falls from 1 to 0.3")]
    [InlineData(0.49, "falls from 1 to 0.49")]
    [InlineData(0.5, "goes from 1 to 0.5")]
    [InlineData(0.95, "goes from 1 to 0.95")]
    [InlineData(1, "goes from 1 to 1")]
    [InlineData(1.1, "goes from 1 to 1.1")]
    [InlineData(2.1, "rises from 1 to 2.1")]
    public void A_line_that_comes_back_neither_rises_nor_falls(double last, string words)
    {
        var description = Figures.Lines("t", "x", "y", new Series("a", [1, 0, last])).Description;

        Assert.Contains($"a {words} with its lowest, 0, at 2", description, StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_positions_such_as_epochs_have_no_ticks_between_them()
    {
        var whole = Vega(Figures.Lines("t", "epoch", "y", new Series("a", [3, 5])))["encoding"]!["x"]!;
        var fractions = Vega(Figures.Lines("t", "x", "y", new Series("a", [3, 5], [0.5, 1])))["encoding"]!["x"]!;

        Assert.Equal(1, (int)whole["axis"]!["tickMinStep"]!);
        Assert.Equal([1, 2], whole["axis"]!["values"]!.AsArray().Select(value => (double)value!));
        Assert.Null(fractions["axis"]);
        Assert.Null(Vega(Figures.Lines("t", "epoch", "y", new Series("a", [3, 5], [1, 10])))["encoding"]!["x"]!["axis"]!["values"]);
    }

    [Fact]
    public void A_value_that_is_no_number_is_left_out_and_the_description_says_so()
    {
        var figure = Figures.Lines("t", "x", "y", new Series("a", [1, double.NaN, double.PositiveInfinity, 4]));

        Assert.Equal([1, 4], Vega(figure)["data"]!["values"]!.AsArray().Select(value => (double)value!["x"]!));
        Assert.Contains("2 of its values are not finite numbers", figure.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_line_has_room_around_it()
    {
        var figure = Figures.Lines("t", "x", "y", new Series("a", [0.5, 0.5, 0.5]));

        Assert.DoesNotContain("NaN", figure.ToSvg(), StringComparison.Ordinal);
        Assert.Contains("a goes from 0.5 to 0.5", figure.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_point_is_a_figure_too()
    {
        var figure = Figures.Lines("t", "x", "y", new Series("a", [7]));

        Assert.Contains("a is 7", figure.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", figure.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_series_is_thinned_without_losing_its_spike()
    {
        var values = Enumerable.Range(0, 20_000).Select(step => step == 7_777 ? 99.0 : Math.Sin(step / 900.0)).ToArray();

        var points = Vega(Figures.Lines("t", "step", "y", new Series("a", values)))["data"]!["values"]!.AsArray();

        Assert.InRange(points.Count, 400, 802);
        Assert.Contains(points, point => (double)point!["y"]! == 99);
        Assert.Equal(points.Select(point => (double)point!["x"]!).Order(), points.Select(point => (double)point!["x"]!));
    }

    [Fact]
    public void Series_differ_in_colour_and_in_dashes()
    {
        var svg = Figures.Lines("t", "x", "y", [.. Enumerable.Range(0, 6).Select(index => new Series($"s{index}", [index, index + 1]))]).ToSvg();

        Assert.All(Drawing.Palette.Series, colour => Assert.Contains($"stroke=\"{colour}\"", svg, StringComparison.Ordinal));
        Assert.Equal(6, Enumerable.Range(0, 6).Select(index => string.Join(' ', Drawing.Palette.Dashes(index) ?? [])).Distinct().Count());
    }

    [Fact]
    public void A_chart_without_series_or_without_values_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Figures.Lines("t", "x", "y"));
        var empty = Assert.Throws<ArgumentException>(() => Figures.Lines("t", "x", "y", new Series("a", [double.NaN])));
        Assert.Contains("'a' of 't' has no finite value", empty.Message, StringComparison.Ordinal);
        var uneven = Assert.Throws<ArgumentException>(() => Figures.Lines("t", "x", "y", new Series("a", [1, 2], [1])));
        Assert.Contains("2 values but 1 positions", uneven.Message, StringComparison.Ordinal);
    }

    private static JsonNode Vega(Figure figure) => (JsonNode)figure.ToDisplayBundle()["application/vnd.vegalite.v5+json"];
}
