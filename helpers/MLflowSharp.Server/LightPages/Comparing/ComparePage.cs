using MLflowSharp.Server.LightPages.Charts;
using MLflowSharp.Server.LightPages.Runs;
using MLflowSharp.Server.LightPages.Writing;
using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages.Comparing;

/// <summary>Several runs side by side.</summary>
internal sealed class ComparePage(ITrackingStore store, MetricHistories histories, TimeProvider time)
{
    private const int MostPoints = 200;

    public async Task<Page> ShowAsync(PageCall call, CancellationToken cancellationToken)
    {
        var runs = await ChosenRuns.ReadAsync(store, call, cancellationToken);
        var only = call["only"] == "differences";
        var table = new DifferenceTable(runs.Select(run => (Html)$"<a href=\"{Address.Run(run.Info.RunId)}\">{run.Info.RunName}</a>").ToList(), only);
        var ids = runs.Select(run => run.Info.RunId).ToList();
        var now = time.GetUtcNow();
        return new($"Compare {runs.Count} {(runs.Count == 1 ? "run" : "runs")}", $"""
            <p class="bar"><a class="button" href="{call.With(("only", only ? null : "differences"))}">{(only ? "Show all rows" : "Show only differences")}</a></p>
            {table.Render("Runs", [.. runs.Select(run => Facts(run, now))])}
            {table.Render("Parameters", [.. runs.Select(run => run.Data.Params)])}
            {table.Render("Metrics", [.. runs.Select(run => (IReadOnlyDictionary<string, string>)Shared(run).ToDictionary(metric => metric.Key, metric => Shown.Short(metric.Value)))], key => Address.Chart(key, ids))}
            {await ChartAsync(call, runs, cancellationToken)}
            {ParallelCoordinates.Render(runs)}
            """)
        {
            Above = [.. ChosenRuns.Above(runs).Take(2).Where(above => above.Address != call.Here)],
        };
    }

    private static Dictionary<string, string> Facts(Run run, DateTimeOffset now) => new()
    {
        ["State"] = run.Info.Status.ToString(),
        ["Started"] = run.Info.StartTime?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) + " UTC",
        ["Took"] = Shown.Duration(run.Info, now),
        ["By"] = run.Info.UserId,
    };

    private static IEnumerable<Metric> Shared(Run run) => run.Data.LatestMetrics.Where(metric => !metric.Key.StartsWith("system/", StringComparison.Ordinal));

    private async Task<Html> ChartAsync(PageCall call, IReadOnlyList<Run> runs, CancellationToken cancellationToken)
    {
        var keys = runs.SelectMany(Shared).GroupBy(metric => metric.Key, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Max(metric => metric.Step))
            .ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key).ToList();
        if (keys.Count == 0)
            return Html.Empty;
        var metric = keys.Contains(call["metric"]) ? call["metric"] : keys[0];
        var lines = await histories.ReadAsync(runs, metric, MostPoints, cancellationToken);
        return $"""
            <section aria-labelledby="course"><h2 id="course">Course of a metric</h2>
            <form method="get" action="compare">{call.Query.Where(item => item.Key is "run" or "only").Select(item => (Html)$"<input type=\"hidden\" name=\"{item.Key}\" value=\"{item.Value}\">")}
            <label for="metric">Metric</label> <select id="metric" name="metric">{keys.Select(key => (Html)$"<option{Html.If(key == metric, () => $" selected")}>{key}</option>")}</select> <button>Draw</button>
            <a href="{Address.Chart(metric, runs.Select(run => run.Info.RunId))}">Larger, with scale and smoothing</a></form>
            {new LineChart { Lines = lines, Title = metric }.Render()}</section>
            """;
    }
}
