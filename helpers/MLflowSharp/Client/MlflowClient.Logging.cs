using MLflowSharp.Validation;
using MLflowSharp.Values;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    /// <summary>Logs one point of a metric.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="key">Name of the metric.</param>
    /// <param name="value">Value.</param>
    /// <param name="timestamp">When it was measured; null for now.</param>
    /// <param name="step">Step; null for 0.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task LogMetricAsync(string runId, string key, double value, DateTimeOffset? timestamp = null, long? step = null, CancellationToken cancellationToken = default) =>
        LogBatchAsync(runId, [new(key, value, (timestamp ?? Options.TimeProvider.GetUtcNow()).ToUnixTimeMilliseconds(), step ?? 0)], cancellationToken: cancellationToken);

    /// <inheritdoc cref="LogMetricAsync"/>
    public void LogMetric(string runId, string key, double value, DateTimeOffset? timestamp = null, long? step = null)
    {
        if (_journaled is { } journaled)
            journaled.LogMetric(runId, key, value, (timestamp ?? Options.TimeProvider.GetUtcNow()).ToUnixTimeMilliseconds(), step ?? 0);
        else
            Wait(LogMetricAsync(runId, key, value, timestamp, step));
    }

    /// <summary>Logs a parameter. The same value again is accepted, another one is refused.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="key">Name of the parameter.</param>
    /// <param name="value">Value; its text is the one Python would log.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task LogParamAsync(string runId, string key, object? value, CancellationToken cancellationToken = default) =>
        LogBatchAsync(runId, parameters: [new(key, PythonText.Of(value))], cancellationToken: cancellationToken);

    /// <inheritdoc cref="LogParamAsync"/>
    public void LogParam(string runId, string key, object? value) => Wait(LogParamAsync(runId, key, value));

    /// <summary>Sets or replaces a tag.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="key">Key of the tag.</param>
    /// <param name="value">Value; its text is the one Python would set.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task SetTagAsync(string runId, string key, object? value, CancellationToken cancellationToken = default) =>
        LogBatchAsync(runId, tags: [new(key, PythonText.Of(value))], cancellationToken: cancellationToken);

    /// <inheritdoc cref="SetTagAsync"/>
    public void SetTag(string runId, string key, object? value) => Wait(SetTagAsync(runId, key, value));

    /// <summary>Deletes a tag; RESOURCE_DOES_NOT_EXIST when the run has none of that key.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="key">Key of the tag.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteTagAsync(string runId, string key, CancellationToken cancellationToken = default) =>
        _store.DeleteTagAsync(runId, key, cancellationToken);

    /// <inheritdoc cref="DeleteTagAsync"/>
    public void DeleteTag(string runId, string key) => Wait(DeleteTagAsync(runId, key));

    /// <summary>Logs metrics, parameters and tags together. Everything is checked before anything is written; up to 1000 metrics, 100 parameters and 100 tags (1000 in all) are one transaction, more are split.</summary>
    /// <param name="runId">Identifier of the run.</param>
    /// <param name="metrics">Any number of metric points.</param>
    /// <param name="parameters">Any number of parameters, each key once.</param>
    /// <param name="tags">Any number of tags.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task LogBatchAsync(string runId, IReadOnlyList<Metric>? metrics = null, IReadOnlyList<Param>? parameters = null, IReadOnlyList<RunTag>? tags = null, CancellationToken cancellationToken = default)
    {
        metrics ??= [];
        parameters ??= [];
        tags ??= [];
        new EntityValidator(static _ => { }).CheckBatch(metrics, parameters, tags);
        var (metricsDone, paramsDone, tagsDone) = (0, 0, 0);
        do
        {
            Param[] someParams = [.. parameters.Skip(paramsDone).Take(EntityValidator.MaxParamsTagsPerBatch)];
            RunTag[] someTags = [.. tags.Skip(tagsDone).Take(EntityValidator.MaxParamsTagsPerBatch)];
            var room = EntityValidator.MaxEntitiesPerBatch - someParams.Length - someTags.Length;
            Metric[] someMetrics = [.. metrics.Skip(metricsDone).Take(room)];
            await _store.LogBatchAsync(runId, someMetrics, someParams, someTags, cancellationToken);
            metricsDone += someMetrics.Length;
            paramsDone += someParams.Length;
            tagsDone += someTags.Length;
        }
        while (metricsDone < metrics.Count || paramsDone < parameters.Count || tagsDone < tags.Count);
    }

    /// <inheritdoc cref="LogBatchAsync"/>
    public void LogBatch(string runId, IReadOnlyList<Metric>? metrics = null, IReadOnlyList<Param>? parameters = null, IReadOnlyList<RunTag>? tags = null) => Wait(LogBatchAsync(runId, metrics, parameters, tags));
}
