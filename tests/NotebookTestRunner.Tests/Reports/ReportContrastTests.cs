using System.Globalization;
using System.Text.RegularExpressions;
using NotebookTestRunner.Reports;

namespace NotebookTestRunner.Tests.Reports;

public sealed partial class ReportContrastTests
{
    // https://www.w3.org/TR/WCAG22/#contrast-minimum
    private const double Least = 4.5;

    private static readonly (string Words, string Behind)[] Pairs =
    [
        ("ink", "page"), ("ink", "card"), ("ink", "code"), ("soft", "page"), ("soft", "card"), ("link", "page"), ("link", "card"), ("link", "good-back"), ("link", "bad-back"),
        ("good", "good-back"), ("bad", "bad-back"), ("wait", "wait-back"), ("ink", "bad-back"), ("ink", "wait-back"), ("ink", "good-mark"), ("ink", "bad-mark"),
        ("keyword", "code"), ("string", "code"), ("comment", "code"), ("number", "code"), ("type", "code"),
    ];

    public static TheoryData<string> Themes => ["light", "dark"];

    [Theory]
    [MemberData(nameof(Themes))]
    public void Words_on_the_reports_pages_stand_out(string theme)
    {
        var block = Blocks().Matches(EmbeddedStyle.Page)[theme == "light" ? 0 : 1].Groups["content"].Value;
        var colours = Colours().Matches(block).ToDictionary(colour => colour.Groups["name"].Value, colour => colour.Groups["value"].Value);

        Assert.All(Pairs, pair => Assert.True(Contrast(colours[pair.Words], colours[pair.Behind]) >= Least, $"{pair.Words} on {pair.Behind}: {Contrast(colours[pair.Words], colours[pair.Behind]):0.00}"));
    }

    private static double Contrast(string one, string other)
    {
        var (first, second) = (Luminance(one), Luminance(other));
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Part(int part) => int.Parse(colour.AsSpan(1 + (2 * part), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0 is var value && value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        return (0.2126 * Part(0)) + (0.7152 * Part(1)) + (0.0722 * Part(2));
    }

    [GeneratedRegex(@":root \{(?<content>[^}]*)\}")]
    private static partial Regex Blocks();

    [GeneratedRegex("--(?<name>[a-z-]+): (?<value>#[0-9a-f]{6})")]
    private static partial Regex Colours();
}
