using System.Globalization;
using System.Xml.Linq;
using Tutorial.Helpers.Drawing;

namespace Tutorial.Helpers.Tests;

/// <summary>Whether figures can be read by people who see colours otherwise, or not at all.</summary>
public sealed class AccessibilityTests
{
    // https://www.w3.org/TR/WCAG22/#contrast-minimum and https://www.w3.org/TR/WCAG22/#non-text-contrast
    private const double TextContrast = 4.5, LineContrast = 3;

    // In CIE 1976 units; about 2 is the least that a practised eye sees side by side.
    private const double LeastDistance = 15;

    private const int FirstSeries = 4;

    // How linear red, green and blue look without one of the three kinds of cones: Machado, Oliveira and Fernandes, "A Physiologically-based Model for
    // Simulation of Color Vision Deficiency", 2009, severity 1.0.
    private static readonly Dictionary<string, double[][]> s_visions = new()
    {
        ["all cones"] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        ["protanopia"] = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        ["deuteranopia"] = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        ["tritanopia"] = [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    };

    public static TheoryData<string> Visions => [.. s_visions.Keys];

    [Theory]
    [MemberData(nameof(Visions))]
    public void Any_two_series_can_be_told_apart_by_colour(string vision)
    {
        var seen = Palette.Series.Select(colour => Lab(See(Linear(colour), s_visions[vision]))).ToList();

        for (var one = 0; one < seen.Count; one++)
        {
            for (var other = 0; other < one; other++)
                Assert.True(Distance(seen[one], seen[other]) >= LeastDistance, $"{Palette.Series[one]} and {Palette.Series[other]} are alike in {vision}.");
        }
    }

    [Fact]
    public void The_measure_finds_red_and_green_alike_where_people_do() =>
        Assert.InRange(Distance(Lab(See(Linear("#b04a4a"), s_visions["deuteranopia"])), Lab(See(Linear("#6e7020"), s_visions["deuteranopia"]))) / Distance(Lab(Linear("#b04a4a")), Lab(Linear("#6e7020"))), 0, 0.5);

    [Fact]
    public void Series_differ_by_their_dashes_too() =>
        Assert.Equal(Palette.Series.Length, Palette.Series.Select((_, series) => string.Join(' ', Palette.Dashes(series) ?? [])).Distinct().Count());

    [Fact]
    public void The_first_series_stand_out_from_the_paper() =>
        Assert.All(Palette.Series.Take(FirstSeries), colour => Assert.True(Contrast(colour, Palette.Paper) >= LineContrast, colour));

    [Theory]
    [MemberData(nameof(FigureTests.Names), MemberType = typeof(FigureTests))]
    public void Words_in_a_figure_stand_out_from_the_paper_and_the_figure_is_told_as_text(string name)
    {
        var figure = Samples.Figure(name);
        var svg = XDocument.Parse(figure.ToSvg()).Root!;
        var words = svg.Descendants().Where(element => element.Name.LocalName == "text").ToList();

        Assert.All(words, word => Assert.True(Contrast((string?)word.Attribute("fill") ?? "#000000", Palette.Paper) >= TextContrast, $"{word.Value}: {word.Attribute("fill")}"));
        Assert.Equal("img", (string?)svg.Attribute("role"));
        Assert.True(figure.Title.Length > 3 && figure.Description.Length > figure.Title.Length, figure.Description);
        Assert.Contains(figure.Description, (string)figure.ToDisplayBundle()["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_contrast_of_black_on_white_is_what_the_standard_says() => Assert.Equal(21, Contrast("#000000", "#ffffff"), 6);

    private static double Contrast(string one, string other)
    {
        var (high, low) = (Luminance(one), Luminance(other));
        return (Math.Max(high, low) + 0.05) / (Math.Min(high, low) + 0.05);
    }

    private static double Luminance(string colour) => Linear(colour) is [var red, var green, var blue] ? (0.2126 * red) + (0.7152 * green) + (0.0722 * blue) : double.NaN;

    private static double[] Linear(string colour) =>
    [
        .. Enumerable.Range(0, 3).Select(part => int.Parse(colour.AsSpan(1 + (2 * part), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4)),
    ];

    private static double[] See(double[] linear, double[][] vision) => [.. vision.Select(row => Math.Clamp(row.Zip(linear, (share, value) => share * value).Sum(), 0, 1))];

    // CIE 1976 L*a*b* for daylight (D65), from linear sRGB (IEC 61966-2-1).
    private static double[] Lab(double[] linear)
    {
        double[][] matrix = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]];
        double[] white = [0.95047, 1, 1.08883];
        var root = matrix.Select((row, i) => row.Zip(linear, (share, value) => share * value).Sum() / white[i]).Select(value => value > 0.008856 ? Math.Cbrt(value) : (7.787 * value) + (16 / 116.0)).ToArray();
        return [(116 * root[1]) - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])];
    }

    private static double Distance(double[] one, double[] other) => Math.Sqrt(one.Zip(other, (a, b) => (a - b) * (a - b)).Sum());
}
