using System.Globalization;
using MLflowSharp.Server.LightPages.Charts;
using MLflowSharp.Server.LightPages.Writing;

namespace MLflowSharp.Server.LightPages.Comparing;

/// <summary>Each run as a line through its numbers: which parameters go with which metrics.</summary>
internal static class ParallelCoordinates
{
    private const int Width = 860;
    private const int Top = 34;
    private const int Bottom = 240;
    private const int Side = 60;
    private const int MostAxes = 8;

    public static Html Render(IReadOnlyList<Run> runs)
    {
        var axes = Axes(runs);
        if (axes.Count < 2 || runs.Count < 2)
            return Html.Empty;
        double X(int axis) => Side + (axis * (Width - (2.0 * Side)) / (axes.Count - 1));
        return $"""
            <section aria-labelledby="numbers"><h2 id="numbers">Parameters and metrics together</h2>
            <p class="faint">Each line is a run; it crosses each axis at its value. The tables above have the same numbers.</p>
            <figure class="chart"><svg viewBox="0 0 {Width} {Bottom + 24}" role="img" aria-label="Lines of {runs.Count} runs through {axes.Count} axes: {string.Join(", ", axes.Select(axis => axis.Name))}">
            {axes.Select((axis, index) => (Html)$"""
                <line class="axis" x1="{X(index):0.#}" x2="{X(index):0.#}" y1="{Top}" y2="{Bottom}"/>
                <text x="{X(index):0.#}" y="{14 + (index % 2 * 12)}" text-anchor="middle">{Shown.Cut(axis.Name, 26)}</text>
                <text x="{X(index) + 5:0.#}" y="{Top + 10}" class="faint">{Shown.Short(axis.Values.OfType<double>().Max())}</text><text x="{X(index) + 5:0.#}" y="{Bottom + 14}" class="faint">{Shown.Short(axis.Values.OfType<double>().Min())}</text>
                """)}
            {runs.Select((run, index) => (Html)$"""
                <g class="line c{index % 8}"><title>{run.Info.RunName}</title><path d="{Path(axes, index, X)}"/></g>
                """)}
            </svg>
            <figcaption><ul class="legend">{runs.Select((run, index) => (Html)$"<li><span class=\"sign c{index % 8}\" aria-hidden=\"true\"></span><a href=\"{Address.Run(run.Info.RunId)}\">{run.Info.RunName}</a></li>")}</ul></figcaption></figure></section>
            """;
    }

    private static string Path(List<Axis> axes, int run, Func<int, double> x)
    {
        var path = "";
        var pen = 'M';
        for (var i = 0; i < axes.Count; i++)
        {
            if (axes[i].Values[run] is { } value)
                path += string.Create(CultureInfo.InvariantCulture, $"{pen}{x(i):0.#} {Bottom - (axes[i].Scale.Fraction(value) * (Bottom - Top)):0.#}");
            pen = axes[i].Values[run] is null ? 'M' : 'L';
        }

        return path;
    }

    /// <summary>The numbers in which the runs differ: parameters first, as what was chosen comes before what became of it.</summary>
    private static List<Axis> Axes(IReadOnlyList<Run> runs)
    {
        var parameters = runs.SelectMany(run => run.Data.Params.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(key => Of(key, run =>
            double.TryParse(run.Data.Params.GetValueOrDefault(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null));
        var metrics = runs.SelectMany(run => run.Data.Metrics.Keys).Where(key => !key.StartsWith("system/", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(key => Of(key, run => run.Data.Metrics.TryGetValue(key, out var value) ? value : null));
        return [.. parameters.Where(Varies).Take(MostAxes / 2), .. metrics.Where(Varies).Take(MostAxes / 2)];

        Axis Of(string name, Func<Run, double?> value)
        {
            var values = runs.Select(run => value(run) is { } number && double.IsFinite(number) && Math.Abs(number) < 1e300 ? number : (double?)null).ToList();
            return new(name, values, new(values.OfType<double>(), isLog: false));
        }

        static bool Varies(Axis axis) => axis.Values.OfType<double>().Distinct().Count() > 1;
    }

    private sealed record Axis(string Name, List<double?> Values, ChartScale Scale);
}
