using System.Globalization;
using System.Text;
using MLflowSharp.Server.LightPages.Writing;

namespace MLflowSharp.Server.LightPages.Charts;

/// <summary>A chart of lines as SVG within the page, in the page's colours. The page's script shows values where the pointer is; without it, dots say theirs.</summary>
internal sealed class LineChart
{
    /// <summary>Lines with more points have no dots.</summary>
    private const int MostDots = 60;

    public required IReadOnlyList<ChartLine> Lines { get; init; }

    /// <summary>What it shows, in a sentence.</summary>
    public required string Title { get; init; }

    /// <summary><c>step</c>, <c>time</c> (seconds since each run's first point) or <c>clock</c> (since the first point of all).</summary>
    public string Along { get; init; } = "step";

    public bool IsLog { get; init; }

    /// <summary>From 0, not at all, to below 1.</summary>
    public double Smoothing { get; init; }

    public int Width { get; init; } = 860;

    public int Height { get; init; } = 380;

    private const int Left = 62;

    private int Right => Width - 16;

    private int Bottom => Height - 44;

    public Html Render()
    {
        var first = Lines.SelectMany(line => line.Points).Select(point => point.Timestamp).DefaultIfEmpty().Min();
        double X(ChartLine line, ChartPoint point) => Along switch { "time" => (point.Timestamp - line.Points[0].Timestamp) / 1000.0, "clock" => (point.Timestamp - first) / 1000.0, _ => point.Step };
        var x = new ChartScale(Lines.SelectMany(line => line.Points.Select(point => X(line, point))), isLog: false);
        var y = new ChartScale(Lines.SelectMany(line => line.Points.Select(point => point.Value)), IsLog);
        var shown = Lines.Select((line, index) => new DrawnLine(line, index, Place(line, line, X, x, y), Place(line, line.Smooth(Smoothing), X, x, y))).ToList();
        return $"""
            <figure class="chart">
            <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{Title}. {Describe()}" data-left="{Left}" data-right="{Right}">
            {y.Ticks(5).Select(tick => (Html)$"<line class=\"grid\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{Y(y, tick):0.#}\" y2=\"{Y(y, tick):0.#}\"/><text x=\"{Left - 8}\" y=\"{Y(y, tick) + 4:0.#}\" text-anchor=\"end\">{y.Text(tick)}</text>")}
            {x.Ticks(8).Select(tick => (Html)$"<text x=\"{At(x, tick):0.#}\" y=\"{Bottom + 18}\" text-anchor=\"middle\">{x.Text(tick)}</text>")}
            <line class="axis" x1="{Left}" x2="{Right}" y1="{Bottom}" y2="{Bottom}"/>
            <text x="{(Left + Right) / 2}" y="{Height - 8}" text-anchor="middle" class="faint">{(Along == "step" ? "step" : "seconds")}</text>
            {shown.Select(Draw)}
            <line class="cursor" x1="0" x2="0" y1="14" y2="{Bottom}" visibility="hidden"/>
            </svg>
            {Html.If(Lines.Count > 1, () => Legend())}
            <p class="readout faint" aria-live="off"></p>
            </figure>
            """;
    }

    private double At(ChartScale x, double value) => Left + (x.Fraction(value) * (Right - Left));

    private double Y(ChartScale y, double value) => Bottom - (y.Fraction(value) * (Bottom - 14));

    private List<(double X, double Y, ChartPoint Point)?> Place(ChartLine original, ChartLine line, Func<ChartLine, ChartPoint, double> along, ChartScale x, ChartScale y) =>
        // A value that cannot be drawn leaves a gap.
        [.. line.Points.Select((point, i) => y.CanDraw(point.Value) ? (At(x, along(line, point)), Y(y, point.Value), original.Points[i]) : ((double, double, ChartPoint)?)null)];

    private Html Draw(DrawnLine line) => $"""
        <g class="line c{line.Index % 8}" data-name="{line.Line.Name}" data-points="{Data(line)}">
        {Html.If(Smoothing > 0, () => $"<path class=\"raw\" d=\"{Path(line.Raw)}\"/>")}
        <path d="{Path(line.Smooth)}"/>
        {Html.If(line.Raw.Count <= MostDots, () => $"{line.Smooth.OfType<(double X, double Y, ChartPoint Point)>().Select(place => (Html)$"<circle cx=\"{place.X:0.#}\" cy=\"{place.Y:0.#}\" r=\"3\"><title>{line.Line.Name}: {Shown.Exact(place.Point.Value)} at step {place.Point.Step}</title></circle>")}")}
        </g>
        """;

    private Html Legend() => $"""
        <figcaption><ul class="legend">{Lines.Select((line, index) => (Html)$"<li><span class=\"sign c{index % 8}\" aria-hidden=\"true\"></span><a href=\"{Address.Run(line.RunId)}\">{line.Name}</a></li>")}</ul></figcaption>
        """;

    private string Describe() => string.Join("; ", Lines.Select(line => line.Points.Count == 0 ? $"{line.Name} has no points"
        : string.Create(CultureInfo.InvariantCulture, $"{line.Name} from {Shown.Short(line.Points[0].Value)} at step {line.Points[0].Step} to {Shown.Short(line.Points[^1].Value)} at step {line.Points[^1].Step}")));

    private static string Path(List<(double X, double Y, ChartPoint Point)?> places)
    {
        var path = new StringBuilder();
        var pen = 'M';
        foreach (var place in places)
        {
            if (place is var (x, y, _))
                path.Append(CultureInfo.InvariantCulture, $"{pen}{x:0.#} {y:0.#}");
            pen = place is null ? 'M' : 'L';
        }

        return path.ToString();
    }

    /// <summary>For the script: place, step, value of each point.</summary>
    private static string Data(DrawnLine line)
    {
        var data = new StringBuilder();
        foreach (var place in line.Raw)
        {
            if (place is var (x, _, point))
                data.Append(CultureInfo.InvariantCulture, $"{x:0.#},{point.Step},{point.Value:G9} ");
        }

        return data.ToString();
    }

    private sealed record DrawnLine(ChartLine Line, int Index, List<(double X, double Y, ChartPoint Point)?> Raw, List<(double X, double Y, ChartPoint Point)?> Smooth);
}
