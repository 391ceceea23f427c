namespace MLflowSharp;

public sealed partial class MlflowClient
{
    /// <summary>Sets or replaces a tag of a trace (https://mlflow.org/docs/latest/genai/tracing/attach-tags/).</summary>
    /// <param name="traceId">Identifier of the trace, <c>tr-…</c>.</param>
    /// <param name="key">Key of the tag, up to 250 characters.</param>
    /// <param name="value">Value, up to 8000 characters.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task SetTraceTagAsync(string traceId, string key, string value, CancellationToken cancellationToken = default) =>
        _store.SetTraceTagAsync(traceId, key, value, cancellationToken);

    /// <inheritdoc cref="SetTraceTagAsync"/>
    public void SetTraceTag(string traceId, string key, string value) => Wait(SetTraceTagAsync(traceId, key, value));

    /// <summary>Deletes a tag of a trace; RESOURCE_DOES_NOT_EXIST when the trace has none of that key.</summary>
    /// <param name="traceId">Identifier of the trace, <c>tr-…</c>.</param>
    /// <param name="key">Key of the tag.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task DeleteTraceTagAsync(string traceId, string key, CancellationToken cancellationToken = default) =>
        _store.DeleteTraceTagAsync(traceId, key, cancellationToken);

    /// <inheritdoc cref="DeleteTraceTagAsync"/>
    public void DeleteTraceTag(string traceId, string key) => Wait(DeleteTraceTagAsync(traceId, key));
}
