namespace MLflowSharp;

public sealed partial class MlflowClient
{
    /// <summary>Reads all points of a metric in order of time, step and value; empty when it was never logged.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="key">The metric.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<Metric>> GetMetricHistoryAsync(string runId, string key, CancellationToken cancellationToken = default) =>
        await _store.GetMetricHistoryAsync(runId, key, maxResults: null, pageToken: null, cancellationToken);

    /// <inheritdoc cref="GetMetricHistoryAsync(string, string, CancellationToken)"/>
    public IReadOnlyList<Metric> GetMetricHistory(string runId, string key) => Wait(GetMetricHistoryAsync(runId, key));

    /// <summary>Reads one page of the points of a metric in order of time, step and value.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="key">The metric.</param>
    /// <param name="maxResults">Size of a page, 1 to 50000.</param>
    /// <param name="pageToken">Token of the previous page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<PagedList<Metric>> GetMetricHistoryAsync(string runId, string key, int maxResults, string? pageToken = null, CancellationToken cancellationToken = default) =>
        _store.GetMetricHistoryAsync(runId, key, maxResults, pageToken, cancellationToken);

    /// <inheritdoc cref="GetMetricHistoryAsync(string, string, int, string?, CancellationToken)"/>
    public PagedList<Metric> GetMetricHistory(string runId, string key, int maxResults, string? pageToken = null) => Wait(GetMetricHistoryAsync(runId, key, maxResults, pageToken));

    /// <summary>Reads the points of one metric of several runs: run by run in order of their identifiers, each in order of time, step and value, with <see cref="Metric.RunId"/> filled.</summary>
    /// <param name="runIds">Identifiers of the runs, at most 100.</param>
    /// <param name="key">The metric.</param>
    /// <param name="maxResults">How many points at most in all, 1 to 50000; a server gives at most 25000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<Metric>> GetMetricHistoryBulkAsync(IReadOnlyList<string> runIds, string key, int maxResults = 25000, CancellationToken cancellationToken = default) =>
        _store.GetMetricHistoryBulkAsync(runIds, key, maxResults, cancellationToken);

    /// <inheritdoc cref="GetMetricHistoryBulkAsync"/>
    public IReadOnlyList<Metric> GetMetricHistoryBulk(IReadOnlyList<string> runIds, string key, int maxResults = 25000) => Wait(GetMetricHistoryBulkAsync(runIds, key, maxResults));

    /// <summary>
    /// Reads one metric of several runs thinned out for a chart, as MLflow's pages do: of each run evenly spaced points in order of step, the
    /// first and the last among them, with <see cref="Metric.RunId"/> filled.
    /// </summary>
    /// <param name="runIds">Identifiers of the runs, at most 100.</param>
    /// <param name="key">The metric.</param>
    /// <param name="maxResults">How many points at most of each run, 1 to 2500.</param>
    /// <param name="startStep">First step; null, with <paramref name="endStep"/>, for all.</param>
    /// <param name="endStep">Last step.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<Metric>> GetMetricHistoryIntervalAsync(IReadOnlyList<string> runIds, string key, int maxResults = 2500, long? startStep = null, long? endStep = null, CancellationToken cancellationToken = default) =>
        _store.GetMetricHistoryIntervalAsync(runIds, key, maxResults, startStep, endStep, cancellationToken);

    /// <inheritdoc cref="GetMetricHistoryIntervalAsync"/>
    public IReadOnlyList<Metric> GetMetricHistoryInterval(IReadOnlyList<string> runIds, string key, int maxResults = 2500, long? startStep = null, long? endStep = null) =>
        Wait(GetMetricHistoryIntervalAsync(runIds, key, maxResults, startStep, endStep));
}
