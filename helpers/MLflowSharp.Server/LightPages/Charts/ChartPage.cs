using System.Globalization;
using MLflowSharp.Server.LightPages.Runs;
using MLflowSharp.Server.LightPages.Writing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages.Charts;

/// <summary>One metric of one or several runs, large.</summary>
internal sealed class ChartPage(ITrackingStore store, MetricHistories histories)
{
    private const int MostPoints = 800;

    public async Task<Page> ShowAsync(PageCall call, CancellationToken cancellationToken)
    {
        var metric = call.Required("metric");
        var runs = await ChosenRuns.ReadAsync(store, call, cancellationToken);
        var lines = await histories.ReadAsync(runs, metric, MostPoints, cancellationToken);
        var smoothing = double.TryParse(call["smooth"], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && weight is > 0 and < 1 ? weight : 0;
        var chart = new LineChart { Lines = lines, Title = metric, Along = call["along"] is ("time" or "clock") and var along ? along : "step", IsLog = call["scale"] == "log", Smoothing = smoothing };
        var left = lines.Sum(line => line.Points.Count(point => !double.IsFinite(point.Value) || (chart.IsLog && point.Value <= 0)));
        return new(metric, $"""
            <form method="get" action="chart" class="filter">
            <input type="hidden" name="metric" value="{metric}">{runs.Select(run => (Html)$"<input type=\"hidden\" name=\"run\" value=\"{run.Info.RunId}\">")}
            {Choice(call, "scale", "Scale", ("linear", "linear"), ("log", "logarithmic"))}
            {Choice(call, "along", "Along", ("step", "steps"), ("time", "time since each run's start"), ("clock", "time"))}
            {Choice(call, "smooth", "Smoothing", ("0", "none"), ("0.6", "some"), ("0.9", "much"), ("0.97", "very much"))}
            <button>Draw</button></form>
            <div data-live-part="chart">{(lines.All(line => line.Points.Count == 0) ? $"<p class=\"empty\">None of these runs has logged “{metric}”.</p>" : chart.Render())}</div>
            {Html.If(left > 0, () => $"<p class=\"faint\">{left} {(left == 1 ? "point" : "points")} cannot be drawn on this scale: not a number, infinite{Html.If(chart.IsLog, () => $", or not above 0")}.</p>")}
            {Table(lines)}
            {OtherMetrics(metric, runs)}
            """)
        {
            Above = ChosenRuns.Above(runs),
            IsLive = runs.Any(run => run.Info.Status == RunStatus.Running),
        };
    }

    private static Html Choice(PageCall call, string key, string label, params (string Value, string Text)[] options) => $"""
        <label for="{key}">{label}</label> <select id="{key}" name="{key}">{options.Select(option => (Html)$"<option value=\"{option.Value}\"{Html.If(call[key] == option.Value, () => $" selected")}>{option.Text}</option>")}</select>
        """;

    private static Html Table(IReadOnlyList<ChartLine> lines) => $"""
        <div class="scroll"><table data-live-part="values"><thead><tr><th scope="col">Run</th><th scope="col" class="number">Points drawn</th><th scope="col" class="number">Last step</th><th scope="col" class="number">Last</th><th scope="col" class="number">Least</th><th scope="col" class="number">Greatest</th></tr></thead><tbody>
        {lines.Where(line => line.Points.Count > 0).Select(line => (Html)$"""
            <tr><th scope="row"><a href="{Address.Run(line.RunId)}">{line.Name}</a></th><td class="number">{line.Points.Count}</td><td class="number">{line.Points[^1].Step}</td><td class="number">{Shown.Number(line.Points[^1].Value)}</td>
            <td class="number">{Shown.Number(line.Points.Min(point => point.Value))}</td><td class="number">{Shown.Number(line.Points.Max(point => point.Value))}</td></tr>
            """)}
        </tbody></table></div>
        """;

    private static Html OtherMetrics(string metric, IReadOnlyList<Run> runs) => $"""
        <nav aria-label="Other metrics"><p>Other metrics: {runs.SelectMany(run => run.Data.Metrics.Keys).Distinct(StringComparer.Ordinal).Where(key => key != metric).Order(StringComparer.Ordinal).Select(key => (Html)$"<a href=\"{Address.Chart(key, runs.Select(run => run.Info.RunId))}\">{key}</a> ")}</p></nav>
        """;
}
