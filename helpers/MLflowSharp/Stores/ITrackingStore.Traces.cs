namespace MLflowSharp.Stores;

public partial interface ITrackingStore
{
    /// <summary>Sets or replaces a tag of a trace.</summary>
    /// <param name="traceId">Identifier of the trace, <c>tr-…</c>.</param>
    /// <param name="key">The tag's key, up to 250 characters.</param>
    /// <param name="value">The tag's value.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST.</exception>
    Task SetTraceTagAsync(string traceId, string key, string value, CancellationToken cancellationToken = default);

    /// <summary>Deletes a tag of a trace.</summary>
    /// <param name="traceId">Identifier of the trace, <c>tr-…</c>.</param>
    /// <param name="key">The tag's key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST when the trace has no such tag.</exception>
    Task DeleteTraceTagAsync(string traceId, string key, CancellationToken cancellationToken = default);
}
