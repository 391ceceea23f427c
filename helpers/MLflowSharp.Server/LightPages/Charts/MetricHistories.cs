using MLflowSharp.Stores;

namespace MLflowSharp.Server.LightPages.Charts;

/// <summary>The points of metrics, few enough to draw.</summary>
internal sealed class MetricHistories(ITrackingStore store)
{
    /// <summary>Reads one metric of several runs, each run's points in the order of steps. A run without points has an empty list.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="mostPoints">How many points at most of each run.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<ChartLine>> ReadAsync(IReadOnlyList<Run> runs, string metric, int mostPoints, CancellationToken cancellationToken)
    {
        var points = (await store.GetMetricHistoryIntervalAsync([.. runs.Select(run => run.Info.RunId)], metric, mostPoints, cancellationToken: cancellationToken)).ToLookup(point => point.RunId);
        return [.. runs.Select(run => new ChartLine(run.Info.RunName, run.Info.RunId, [.. points[run.Info.RunId].Select(point => new ChartPoint(point.Step, point.Timestamp, point.Value))]))];
    }
}
