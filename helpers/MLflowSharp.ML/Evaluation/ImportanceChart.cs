using System.Globalization;
using System.Net;
using System.Text;

namespace MLflowSharp.ML;

/// <summary>Draws what each feature counts as horizontal bars, the longest on top, in SVG, which MLflow's pages show.</summary>
internal static class ImportanceChart
{
    private const int RowHeight = 20;
    private const int Top = 30;
    private const int BarWidth = 400;
    private const int LetterWidth = 8;

    // More cannot be read; the JSON file has all.
    private const int MostBars = 50;
    private const int MostLetters = 40;

    public static string Draw(string kind, IReadOnlyDictionary<string, double> values)
    {
        var bars = values.OrderByDescending(item => item.Value).Take(MostBars).ToList();
        var left = 10 + (LetterWidth * bars.Select(bar => Math.Min(bar.Key.Length, MostLetters)).DefaultIfEmpty().Max());
        var most = bars.Select(bar => bar.Value).DefaultIfEmpty().Max();
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{left + BarWidth + 90}\" height=\"{Top + (bars.Count * RowHeight) + 10}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left}\" y=\"18\" font-size=\"14\">Feature importance ({kind}){(bars.Count < values.Count ? $", the first {bars.Count} of {values.Count}" : "")}</text>\n");
        foreach (var (row, (name, value)) in bars.Index())
        {
            var y = Top + (row * RowHeight);
            var width = most > 0 && value > 0 ? value / most * BarWidth : 0;
            var label = name.Length > MostLetters ? name[..(MostLetters - 1)] + "…" : name;
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left - 5}\" y=\"{y + 13}\" text-anchor=\"end\">{WebUtility.HtmlEncode(Printable(label))}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left}\" y=\"{y + 3}\" width=\"{width:0.#}\" height=\"14\" fill=\"#1f77b4\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + width + 5:0.#}\" y=\"{y + 13}\">{value:0.###}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>XML has no way to write control characters, and none for half a character.</summary>
    private static string Printable(string name) =>
        string.Concat(name.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? "\uFFFD" : rune.ToString()));
}
