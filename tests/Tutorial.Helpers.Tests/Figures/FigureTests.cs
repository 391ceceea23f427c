using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Tutorial.Helpers.Tests;

public sealed class FigureTests
{
    private const int MostBytes = 60_000;

    public static TheoryData<string> Names => ["lines", "bars", "digits", "network", "parallel"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_SVG_is_well_formed_has_a_title_a_description_and_a_solid_background(string name)
    {
        var figure = Samples.Figure(name);

        var svg = XDocument.Parse(figure.ToSvg()).Root!;

        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Equal(ns + "svg", svg.Name);
        Assert.Equal(figure.Title, svg.Element(ns + "title")!.Value);
        Assert.Equal(figure.Description, svg.Element(ns + "desc")!.Value);
        var background = svg.Element(ns + "rect")!;
        Assert.Equal("#ffffff", (string)background.Attribute("fill")!);
        Assert.Equal((string)svg.Attribute("width")!, (string)background.Attribute("width")!);
        Assert.Equal((string)svg.Attribute("height")!, (string)background.Attribute("height")!);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void All_forms_together_stay_small(string name)
    {
        var size = Samples.Figure(name).ToDisplayBundle().Values.Sum(value => Encoding.UTF8.GetByteCount(value is JsonNode json ? json.ToJsonString() : (string)value));

        Assert.InRange(size, 100, MostBytes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_figure_gives_the_same_bytes(string name) => Assert.Equal(Samples.Figure(name).ToSvg(), Samples.Figure(name).ToSvg());

    [Theory]
    [InlineData("lines", "application/vnd.plotly.v1+json, application/vnd.vegalite.v5+json, image/svg+xml, text/plain")]
    [InlineData("bars", "application/vnd.plotly.v1+json, application/vnd.vegalite.v5+json, image/svg+xml, text/plain")]
    [InlineData("digits", "application/vnd.vegalite.v5+json, image/svg+xml, text/plain")]
    [InlineData("network", "image/svg+xml, text/plain")]
    [InlineData("parallel", "application/vnd.plotly.v1+json, image/svg+xml, text/plain")]
    public void A_figure_comes_in_each_form_that_suits_it(string name, string types)
    {
        var bundle = Samples.Figure(name).ToDisplayBundle();

        Assert.Equal(types, string.Join(", ", bundle.Keys));
        Assert.All(bundle, form => Assert.True(form.Value is string ^ form.Key.EndsWith("+json", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("lines")]
    [InlineData("bars")]
    [InlineData("digits")]
    public void The_Vega_Lite_form_needs_nothing_from_the_network(string name)
    {
        var specification = (JsonNode)Samples.Figure(name).ToDisplayBundle()["application/vnd.vegalite.v5+json"];

        Assert.Equal("https://vega.github.io/schema/vega-lite/v5.json", (string)specification["$schema"]!);
        Assert.NotEmpty(specification["data"]!["values"]!.AsArray());
        var links = specification.ToJsonString().Split("http").Skip(1).Where(rest => !rest.StartsWith("s://vega.github.io/schema/", StringComparison.Ordinal));
        Assert.Empty(links);
    }

    [Theory]
    [InlineData("lines")]
    [InlineData("bars")]
    public void The_Plotly_form_has_data_and_layout_but_no_template(string name)
    {
        var figure = (JsonNode)Samples.Figure(name).ToDisplayBundle()["application/vnd.plotly.v1+json"];

        Assert.Equal(2, figure["data"]!.AsArray().Count);
        Assert.Equal(Samples.Figure(name).Title, (string)figure["layout"]!["title"]!["text"]!);
        Assert.Null(figure["layout"]!["template"]);
    }

    [Theory]
    [InlineData(".svg", "<svg")]
    [InlineData(".html", "<!DOCTYPE html>")]
    [InlineData(".json", "{\"data\":")]
    [InlineData(".PNG", "\u0089PNG")]
    public void A_figure_is_written_as_a_file(string extension, string start)
    {
        using var file = new MemoryStream();

        Samples.Figure("lines").Write(extension, file);

        Assert.StartsWith(start, Encoding.Latin1.GetString(file.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_that_a_figure_does_not_have_is_refused_and_nothing_is_written()
    {
        using var file = new MemoryStream();

        var error = Assert.Throws<NotSupportedException>(() => Samples.Figure("network").Write(".json", file));

        Assert.Contains(".svg, .png, .html", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, file.Length);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_PNG_is_drawn_at_twice_the_size_of_the_SVG(string name)
    {
        var figure = Samples.Figure(name);
        var width = (double)XDocument.Parse(figure.ToSvg()).Root!.Attribute("width")!;

        using var bitmap = SkiaSharp.SKBitmap.Decode(figure.ToPng());

        Assert.Equal(Math.Ceiling(width) * 2, bitmap.Width);
        Assert.Equal(SkiaSharp.SKColors.White, bitmap.GetPixel(1, 1));
        Assert.Contains(bitmap.Pixels, pixel => pixel != SkiaSharp.SKColors.White);
    }

    [Fact]
    public void Text_that_looks_like_markup_is_shown_as_text()
    {
        var figure = Tutorial.Helpers.Figures.Lines("<b> & \"co\"", "x", "y", new Series("</svg>", [1, 2]), new Series("b", [2, 1]));

        var svg = XDocument.Parse(figure.ToSvg());

        Assert.Contains(svg.Descendants(), element => element.Value == "</svg>");
        using var file = new MemoryStream();
        figure.Write(".html", file);
        Assert.Contains("<title>&lt;b&gt; &amp; &quot;co&quot;</title>", Encoding.UTF8.GetString(file.ToArray()), StringComparison.Ordinal);
    }
}
