namespace MLflowSharp.Stores;

/// <summary>A store that may write a metric's point a second time unless it is told that a batch may be there already.</summary>
internal interface IRepeatableLogging
{
    /// <summary>Logs what of a batch is not stored yet.</summary>
    /// <inheritdoc cref="ITrackingStore.LogBatchAsync"/>
    Task LogBatchAgainAsync(
        string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<RunTag> tags, CancellationToken cancellationToken = default);
}
