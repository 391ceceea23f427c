namespace MLflowSharp.Stores;

public partial interface ITrackingStore
{
    /// <summary>Logs metrics, parameters and tags: all of them or, on an error, none.</summary>
    /// <param name="runId">The run, which must be active.</param>
    /// <param name="metrics">At most 1000.</param>
    /// <param name="parameters">At most 100, each key once.</param>
    /// <param name="tags">At most 100.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task LogBatchAsync(
        string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<RunTag> tags, CancellationToken cancellationToken = default);

    /// <summary>Deletes a tag.</summary>
    /// <param name="runId">The run, which must be active.</param>
    /// <param name="key">The tag's key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST when the run has no such tag.</exception>
    Task DeleteTagAsync(string runId, string key, CancellationToken cancellationToken = default);

    /// <summary>Reads the points of a metric in order of time, step and value.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="key">The metric.</param>
    /// <param name="maxResults">Size of a page; null for everything.</param>
    /// <param name="pageToken">Token of the previous page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<PagedList<Metric>> GetMetricHistoryAsync(
        string runId, string key, int? maxResults, string? pageToken, CancellationToken cancellationToken = default);

    /// <summary>Reads the points of one metric of several runs, each run's in order of time, step and value, with <see cref="Metric.RunId"/> filled.</summary>
    /// <param name="runIds">The runs, at most 100.</param>
    /// <param name="key">The metric.</param>
    /// <param name="maxResults">How many points at most in all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<Metric>> GetMetricHistoryBulkAsync(
        IReadOnlyList<string> runIds, string key, int maxResults, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads one metric of several runs thinned out for a chart: run by run evenly spaced points in order of step, time and value, the first and
    /// the last among them, with <see cref="Metric.RunId"/> filled. <see cref="MetricSample"/> says which.
    /// </summary>
    /// <param name="runIds">The runs, at most 100.</param>
    /// <param name="key">The metric.</param>
    /// <param name="maxResults">How many points at most of each run, 1 to 2500.</param>
    /// <param name="startStep">First step; null, with <paramref name="endStep"/>, for all.</param>
    /// <param name="endStep">Last step.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<Metric>> GetMetricHistoryIntervalAsync(
        IReadOnlyList<string> runIds, string key, int maxResults, long? startStep = null, long? endStep = null, CancellationToken cancellationToken = default);

    /// <summary>Records that a run used datasets and logged models. What the run already has is left as it is.</summary>
    /// <param name="runId">The run, which must be active.</param>
    /// <param name="datasets">The datasets with their tags.</param>
    /// <param name="models">The logged models; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task LogInputsAsync(
        string runId, IReadOnlyList<DatasetInput> datasets, IReadOnlyList<LoggedModelInput>? models = null, CancellationToken cancellationToken = default);

    /// <summary>Records that a run made logged models (MLflow 3).</summary>
    /// <param name="runId">The run, which must be active.</param>
    /// <param name="models">The models.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">NOT_IMPLEMENTED when the store is of MLflow 2.</exception>
    Task LogOutputsAsync(string runId, IReadOnlyList<LoggedModelOutput> models, CancellationToken cancellationToken = default);
}
