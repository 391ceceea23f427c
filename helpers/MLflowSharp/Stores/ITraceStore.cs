using MLflowSharp.Traces;

namespace MLflowSharp.Stores;

/// <summary>Traces with their spans. Databases of MLflow 3.17 have them; other stores are none of these.</summary>
internal interface ITraceStore
{
    /// <summary>Adds a trace, or gives one that its spans have made already its times, state, tags and metadata.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="isFinal">Whether its times and totals are known, so that spans do not change them; not for one that is only begun.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<TraceInfo> StartTraceAsync(TraceInfo trace, bool isFinal, CancellationToken cancellationToken);

    /// <summary>Ends a trace as MLflow 2 does: with the time, and more tags and metadata.</summary>
    Task<TraceInfo> EndTraceAsync(TraceInfo end, CancellationToken cancellationToken);

    /// <summary>Stores spans; one that is there already is replaced. Traces that are not there are made.</summary>
    Task LogSpansAsync(string experimentId, IReadOnlyList<TraceSpan> spans, CancellationToken cancellationToken);

    /// <summary>A trace without its spans; RESOURCE_DOES_NOT_EXIST when there is none.</summary>
    Task<TraceInfo> GetTraceInfoAsync(string traceId, CancellationToken cancellationToken);

    /// <summary>Those of some traces that exist, in the order in which they are asked for.</summary>
    Task<IReadOnlyList<TraceInfo>> GetTraceInfosAsync(IReadOnlyList<string> traceIds, IReadOnlyList<string>? experimentIds, CancellationToken cancellationToken);

    /// <summary>The spans of a trace as JSON (<see cref="SpanContent"/>): the first, then the others by their beginnings.</summary>
    Task<IReadOnlyList<string>> GetSpansAsync(string traceId, CancellationToken cancellationToken);

    /// <summary>Searches the traces of some experiments.</summary>
    Task<PagedList<TraceInfo>> SearchTracesAsync(
        IReadOnlyList<string> experimentIds, string? filter, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken);

    /// <summary>Counts and measures traces or spans.</summary>
    Task<IReadOnlyList<TraceMetricPoint>> QueryTraceMetricsAsync(TraceMetricQuery query, CancellationToken cancellationToken);

    /// <summary>Deletes traces of an experiment: those named, or those that began up to a time, the oldest first.</summary>
    /// <returns>How many.</returns>
    Task<int> DeleteTracesAsync(string experimentId, long? upTo, int? maxTraces, IReadOnlyList<string> traceIds, CancellationToken cancellationToken);

    /// <summary>Adds what is said of a trace; one that it takes the place of is no longer valid.</summary>
    Task<TraceAssessment> CreateAssessmentAsync(TraceAssessment assessment, CancellationToken cancellationToken);

    /// <summary>What was said of a trace; RESOURCE_DOES_NOT_EXIST when it was not.</summary>
    Task<TraceAssessment> GetAssessmentAsync(string traceId, string assessmentId, CancellationToken cancellationToken);

    /// <summary>Changes what was said of a trace.</summary>
    Task<TraceAssessment> UpdateAssessmentAsync(string traceId, string assessmentId, Func<TraceAssessment, TraceAssessment> change, CancellationToken cancellationToken);

    /// <summary>Takes back what was said of a trace; nothing happens when it was not.</summary>
    Task DeleteAssessmentAsync(string traceId, string assessmentId, CancellationToken cancellationToken);

    /// <summary>Says that traces belong to a run.</summary>
    Task LinkTracesToRunAsync(IReadOnlyList<string> traceIds, string runId, CancellationToken cancellationToken);
}
