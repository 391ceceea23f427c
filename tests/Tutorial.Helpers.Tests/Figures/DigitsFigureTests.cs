using System.Text.Json.Nodes;
using System.Xml.Linq;
using SkiaSharp;

namespace Tutorial.Helpers.Tests;

public sealed class DigitsFigureTests
{
    [Fact]
    public void Each_digit_is_embedded_pixel_by_pixel_with_its_label()
    {
        var image = Samples.Digit(7);
        XNamespace ns = "http://www.w3.org/2000/svg";
        var svg = XDocument.Parse(Figures.Digits([image], ["seven?"]).ToSvg());

        var data = ((string)svg.Descendants(ns + "image").Single().Attribute("href")!).Split(',')[1];
        using var bitmap = SKBitmap.Decode(Convert.FromBase64String(data));

        Assert.Equal((28, 28), (bitmap.Width, bitmap.Height));
        Assert.Equal(image.Pixels.ToArray(), bitmap.Pixels.Select(pixel => pixel.Red));
        Assert.Contains(svg.Descendants(ns + "text"), text => text.Value == "seven?");
    }

    [Fact]
    public void The_description_reads_the_labels_row_by_row() => Assert.Equal(
        "Digits '5 handwritten digits', white on black, in 2 row(s) of up to 3, labelled 0, 1, 2 / 3, 4.",
        Figures.Digits([.. Enumerable.Range(0, 5).Select(Samples.Digit)], columns: 3).Description);

    [Fact]
    public void The_Vega_Lite_form_places_every_digit_in_its_own_cell()
    {
        var bundle = Figures.Digits([.. Enumerable.Range(0, 5).Select(Samples.Digit)], columns: 3).ToDisplayBundle();

        var values = ((JsonNode)bundle["application/vnd.vegalite.v5+json"])["data"]!["values"]!.AsArray();

        Assert.Equal(5, values.Select(value => ((double)value!["x"]!, (double)value["y"]!)).Distinct().Count());
        Assert.All(values, value => Assert.StartsWith("data:image/png;base64,", (string)value!["url"]!, StringComparison.Ordinal));
    }

    [Fact]
    public void Wrong_numbers_of_images_labels_or_columns_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Figures.Digits([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Figures.Digits([Samples.Digit(1)], columns: 0));
        var error = Assert.Throws<ArgumentException>(() => Figures.Digits([Samples.Digit(1)], ["a", "b"]));
        Assert.Contains("1 images but 2 labels", error.Message, StringComparison.Ordinal);
    }
}
