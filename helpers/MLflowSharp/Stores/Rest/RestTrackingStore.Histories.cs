using MLflowSharp.Protocol;
using MLflowSharp.Search;

namespace MLflowSharp.Stores.Rest;

internal sealed partial class RestTrackingStore
{
    /// <summary>How many points MLflow's server gives at most at once.</summary>
    private const int LargestPage = 25_000;

    // Set when the server answered with more than a page: MLflow before 3.1 always sends the whole history.
    private volatile bool _historiesComeWhole;

    public async Task<PagedList<Metric>> GetMetricHistoryAsync(
        string runId, string key, int? maxResults, string? pageToken, CancellationToken cancellationToken = default)
    {
        if (maxResults is < 1)
            throw MlflowException.Invalid($"Invalid value {maxResults} for parameter 'max_results' supplied. It must be a positive integer");
        if (maxResults is { } size)
        {
            var page = await ReadHistoryAsync(runId, key, size, pageToken, cancellationToken);
            _historiesComeWhole |= page.Metrics.Count > size;
            return _historiesComeWhole ? Cut(page.Metrics, size, PageToken.Offset(pageToken)) : new(page.Metrics, page.Token);
        }

        var all = new List<Metric>();
        var (metrics, token) = await ReadHistoryAsync(runId, key, maxResults: null, pageToken, cancellationToken);
        if (metrics.Count == 0 && token is not null)
        {
            // MLflow 3.3 takes a missing size for 0 (observed with 3.3.2): an empty page that is not the last.
            (metrics, token) = await ReadHistoryAsync(runId, key, LargestPage, pageToken, cancellationToken);
        }

        all.AddRange(metrics);
        while (token is not null)
        {
            (metrics, token) = await ReadHistoryAsync(runId, key, LargestPage, token, cancellationToken);
            all.AddRange(metrics);
        }

        if (all.Count == 0)
        {
            // MLflow's server answers the same for a metric that was not logged and for a run that does not exist.
            await GetRunAsync(runId, cancellationToken);
        }

        return new(InOrder(all), null);
    }

    public async Task<IReadOnlyList<Metric>> GetMetricHistoryBulkAsync(
        IReadOnlyList<string> runIds, string key, int maxResults, CancellationToken cancellationToken = default)
    {
        var answer = await connection.CallAsync<GetMetricHistoryBulkRequest, MetricHistoryResponse>(
            Endpoints.GetMetricHistoryBulk, new() { RunId = runIds, MetricKey = key, MaxResults = maxResults }, cancellationToken);
        return MetricMessage.ToEntities(answer.Metrics);
    }

    public async Task<IReadOnlyList<Metric>> GetMetricHistoryIntervalAsync(
        IReadOnlyList<string> runIds, string key, int maxResults, long? startStep = null, long? endStep = null, CancellationToken cancellationToken = default)
    {
        var request = new GetMetricHistoryIntervalRequest { RunIds = runIds, MetricKey = key, MaxResults = maxResults, StartStep = startStep, EndStep = endStep };
        var answer = await connection.CallAsync<GetMetricHistoryIntervalRequest, MetricHistoryResponse>(Endpoints.GetMetricHistoryInterval, request, cancellationToken);
        return MetricMessage.ToEntities(answer.Metrics);
    }

    private async Task<(List<Metric> Metrics, string? Token)> ReadHistoryAsync(
        string runId, string key, int? maxResults, string? pageToken, CancellationToken cancellationToken)
    {
        var request = new GetMetricHistoryRequest { RunId = runId, RunUuid = runId, MetricKey = key, MaxResults = maxResults, PageToken = WireText.OrNull(pageToken) };
        var answer = await connection.CallAsync<GetMetricHistoryRequest, MetricHistoryResponse>(Endpoints.GetMetricHistory, request, cancellationToken);
        return ([.. MetricMessage.ToEntities(answer.Metrics)], WireText.OrNull(answer.NextPageToken));
    }

    private static PagedList<Metric> Cut(List<Metric> all, int size, long offset) =>
        PageToken.Page([.. InOrder(all).Skip((int)Math.Min(offset, int.MaxValue)).Take((int)Math.Min(size + 1L, int.MaxValue))], offset, size);

    /// <summary>In order of time, step and value: MLflow before 3.1 sends points in the order they were logged.</summary>
    private static List<Metric> InOrder(List<Metric> metrics)
    {
        var sorted = true;
        for (var i = 1; i < metrics.Count && sorted; i++)
            sorted = Compare(metrics[i - 1], metrics[i]) <= 0;
        return sorted ? metrics : [.. metrics.Order(Comparer<Metric>.Create(Compare))];
    }

    private static int Compare(Metric one, Metric other) => (one.Timestamp, one.Step, one.Value).CompareTo((other.Timestamp, other.Step, other.Value));
}
