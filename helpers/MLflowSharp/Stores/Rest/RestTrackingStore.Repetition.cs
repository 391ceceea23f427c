using MLflowSharp.Protocol;

namespace MLflowSharp.Stores.Rest;

/// <summary>
/// A batch whose answer was lost may be stored. MLflow's databases drop a point that they have; its file store, which a server may stand before, appends it
/// again. So before such a batch is sent once more, a server that is not known to have a database is asked what it has.
/// </summary>
internal sealed partial class RestTrackingStore : IRepeatableLogging
{
    private Task<bool>? _dropsEqualPoints;

    public async Task LogBatchAgainAsync(
        string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<RunTag> tags, CancellationToken cancellationToken = default)
    {
        var missing = await MissingAsync(runId, metrics, cancellationToken);
        if (missing.Count + parameters.Count + tags.Count > 0)
            await LogBatchAsync(runId, missing, parameters, tags, cancellationToken);
    }

    /// <summary>What of a batch is still to be sent; null for nothing. Parameters and tags are the same when they are sent twice.</summary>
    private async Task<LogBatchRequest?> RestAsync(LogBatchRequest batch, CancellationToken cancellationToken)
    {
        var metrics = MetricMessage.ToEntities(batch.Metrics);
        var missing = await MissingAsync(batch.RunId!, metrics, cancellationToken);
        return missing.Count == 0 && batch.Params is null && batch.Tags is null ? null : batch with { Metrics = MetricMessage.From(missing) };
    }

    /// <summary>The points that the server does not have; all of them where it drops those that it has.</summary>
    private async Task<IReadOnlyList<Metric>> MissingAsync(string runId, IReadOnlyList<Metric> metrics, CancellationToken cancellationToken)
    {
        if (metrics.Count == 0 || await DropsEqualPointsAsync(cancellationToken))
            return metrics;
        var latest = (await GetRunAsync(runId, cancellationToken)).Data.LatestMetrics.ToDictionary(metric => metric.Key);
        var missing = new List<Metric>();
        foreach (var points in metrics.GroupBy(metric => metric.Key))
        {
            // What comes behind the latest point cannot be among those that are there: no need to read them.
            if (!latest.TryGetValue(points.Key, out var last) || points.All(point => (point.Step, point.Timestamp).CompareTo((last.Step, last.Timestamp)) > 0))
            {
                missing.AddRange(points);
                continue;
            }

            var there = (await GetMetricHistoryAsync(runId, points.Key, maxResults: null, pageToken: null, cancellationToken)).Select(Place).ToHashSet();
            missing.AddRange(points.Where(point => !there.Contains(Place(point))));
        }

        return missing;

        static (long Timestamp, long Step, double Value) Place(Metric point) => (point.Timestamp, point.Step, point.Value);
    }

    private Task<bool> DropsEqualPointsAsync(CancellationToken cancellationToken)
    {
        return _dropsEqualPoints is { IsCompletedSuccessfully: true } known ? known : _dropsEqualPoints = AskAsync();

        async Task<bool> AskAsync()
        {
            try
            {
                return (await connection.CallAsync<EmptyMessage, ServerInfoMessage>(Endpoints.ServerInfo, new(), cancellationToken)).StoreType == "SqlStore";
            }
            catch (MlflowException error) when (error.ErrorCode is ErrorCode.NotImplemented or ErrorCode.EndpointNotFound or ErrorCode.ResourceDoesNotExist)
            {
                // Older than 3.10.
                return false;
            }
        }
    }
}
