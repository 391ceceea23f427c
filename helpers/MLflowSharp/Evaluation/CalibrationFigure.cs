using System.Globalization;

namespace MLflowSharp;

/// <summary>How often a model is right against how sure it says it is; a calibrated one lies on the diagonal.</summary>
/// <param name="bins">The points.</param>
internal sealed class CalibrationFigure(IReadOnlyList<CalibrationBin> bins) : SvgFigure
{
    private const int Left = 60;
    private const int Top = 40;
    private const int Size = 320;

    public override string Draw()
    {
        var svg = Begin(Left + Size + 30, Top + Size + 60, "Calibration");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left}\" y=\"{Top}\" width=\"{Size}\" height=\"{Size}\" fill=\"none\" stroke=\"#888\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" y1=\"{Top + Size}\" x2=\"{Left + Size}\" y2=\"{Top}\" stroke=\"#888\" stroke-dasharray=\"4 4\"/>\n");
        for (var tick = 0; tick <= 10; tick += 2)
        {
            var label = (tick / 10.0).ToString("0.0", CultureInfo.InvariantCulture);
            Text(svg, X(tick / 10.0), Top + Size + 16, label);
            Text(svg, Left - 6, Y(tick / 10.0) + 4, label, "end");
        }

        svg.Append("<polyline fill=\"none\" stroke=\"#1f77b4\" stroke-width=\"2\" points=\"");
        svg.AppendJoin(' ', bins.Select(bin => string.Create(CultureInfo.InvariantCulture, $"{X(bin.Confidence):0.#},{Y(bin.Accuracy):0.#}"))).Append("\"/>\n");
        foreach (var bin in bins)
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(bin.Confidence):0.#}\" cy=\"{Y(bin.Accuracy):0.#}\" r=\"4\" fill=\"#1f77b4\"><title>{bin.Count} rows</title></circle>\n");
        Text(svg, Left + (Size / 2.0), Top + Size + 42, "probability of what was said");
        Text(svg, 0, 0, "how often right", more: string.Create(CultureInfo.InvariantCulture, $" transform=\"translate(18 {Top + (Size / 2)}) rotate(-90)\""));
        return svg.Append("</svg>\n").ToString();
    }

    private static double X(double value) => Left + (value * Size);

    private static double Y(double value) => Top + Size - (value * Size);
}
