using System.Globalization;

namespace MLflowSharp;

/// <summary>A confusion matrix: a row for each class that is right, a column for each that was said, the darker the larger its part of the row.</summary>
/// <param name="classes">The classes.</param>
/// <param name="matrix">The numbers of rows.</param>
internal sealed class ConfusionFigure(IReadOnlyList<string> classes, IReadOnlyList<IReadOnlyList<int>> matrix) : SvgFigure
{
    private const int MostLetters = 14;
    private const int Top = 40;
    private const int Bottom = 50;

    public override string Draw()
    {
        var cell = classes.Count <= 12 ? 44 : Math.Max(6, 528 / classes.Count);
        var left = 40 + (7 * classes.Max(name => Math.Min(name.Length, MostLetters)));
        var size = cell * classes.Count;
        var svg = Begin(left + size + 20, Top + size + Bottom, "Confusion matrix");
        for (var row = 0; row < classes.Count; row++)
        {
            var total = matrix[row].Sum();
            for (var column = 0; column < classes.Count; column++)
            {
                var part = total == 0 ? 0 : (double)matrix[row][column] / total;
                svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left + (column * cell)}\" y=\"{Top + (row * cell)}\" width=\"{cell}\" height=\"{cell}\" stroke=\"#ddd\" fill=\"rgb({Mix(part, 247, 8)},{Mix(part, 251, 48)},{Mix(part, 255, 107)})\"/>\n");
                if (cell >= 30 && matrix[row][column] > 0)
                    Text(svg, left + ((column + 0.5) * cell), Top + ((row + 0.5) * cell) + 4, matrix[row][column].ToString(CultureInfo.InvariantCulture), fill: part > 0.5 ? "white" : "black");
            }

            if (cell >= 12)
            {
                Text(svg, left - 6, Top + ((row + 0.5) * cell) + 4, Short(classes[row]), "end");
                Text(svg, left + ((row + 0.5) * cell), Top + size + 16, Short(classes[row]));
            }
        }

        Text(svg, left + (size / 2.0), Top + size + 38, "predicted");
        Text(svg, 0, 0, "true", more: string.Create(CultureInfo.InvariantCulture, $" transform=\"translate(16 {Top + (size / 2)}) rotate(-90)\""));
        return svg.Append("</svg>\n").ToString();
    }

    private static int Mix(double part, int light, int dark) => (int)Math.Round(light + (part * (dark - light)));

    private static string Short(string name) => name.Length <= MostLetters ? name : name[..(MostLetters - 1)] + "…";
}
