using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Tutorial.Helpers.Tests;

public sealed class BarFigureTests
{
    [Fact]
    public void The_description_gives_every_bar() => Assert.Equal(
        "Bar chart 'Images per digit' (images by digit). training 0: 5,923, 1: 6,742; test 0: 980, 1: 1,135.",
        Samples.Figure("bars").Description);

    [Fact]
    public void Bars_start_at_zero_and_have_the_height_of_their_value()
    {
        XNamespace ns = "http://www.w3.org/2000/svg";
        var svg = XDocument.Parse(Figures.Bars("t", "x", "y", ["a", "b"], new Series("s", [50, 100])).ToSvg());

        var bars = svg.Descendants(ns + "rect").Where(rect => rect.Element(ns + "title") is not null).ToArray();

        Assert.Equal(2, bars.Length);
        Assert.Equal((double)bars[1].Attribute("height")!, 2 * (double)bars[0].Attribute("height")!, 0.3);
        Assert.Equal("b, s: 100", bars[1].Element(ns + "title")!.Value);
    }

    [Fact]
    public void Bars_below_zero_hang_down()
    {
        XNamespace ns = "http://www.w3.org/2000/svg";
        var svg = XDocument.Parse(Figures.Bars("t", "x", "y", ["a", "b"], new Series("s", [-50, 50])).ToSvg());

        var bars = svg.Descendants(ns + "rect").Where(rect => rect.Element(ns + "title") is not null).ToArray();

        Assert.Equal((double)bars[1].Attribute("y")! + (double)bars[1].Attribute("height")!, (double)bars[0].Attribute("y")!, 0.2);
    }

    [Fact]
    public void Digits_as_categories_are_names_not_numbers()
    {
        var bundle = Samples.Figure("bars").ToDisplayBundle();

        Assert.Equal("category", (string)((JsonNode)bundle["application/vnd.plotly.v1+json"])["layout"]!["xaxis"]!["type"]!);
        Assert.Equal("nominal", (string)((JsonNode)bundle["application/vnd.vegalite.v5+json"])["encoding"]!["x"]!["type"]!);
    }

    [Fact]
    public void A_series_must_have_a_finite_value_for_each_category()
    {
        var error = Assert.Throws<ArgumentException>(() => Figures.Bars("t", "x", "y", ["a", "b"], new Series("short", [1])));

        Assert.Contains("'short' of the bar chart 't' must have one finite value for each of the 2 categories", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Figures.Bars("t", "x", "y", ["a"], new Series("s", [double.NaN])));
        Assert.Throws<ArgumentException>(() => Figures.Bars("t", "x", "y", [], new Series("s", [])));
    }
}
