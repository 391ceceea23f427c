using MLflowSharp.Server.Traces;
using MLflowSharp.Stores;
using MLflowSharp.Traces;

namespace MLflowSharp.Server.Users;

internal sealed partial class PermittedTrackingStore : ITraceStore
{
    private ITraceStore Traces => TraceHandlers.Of(inner);

    public async Task<TraceInfo> StartTraceAsync(TraceInfo trace, bool isFinal, CancellationToken cancellationToken)
    {
        Require(trace.ExperimentId, Permission.Edit);
        await RequireExistingAsync([trace.TraceId], Permission.Edit, cancellationToken);
        return await Traces.StartTraceAsync(WithoutLocation(trace), isFinal, cancellationToken);
    }

    public async Task<TraceInfo> EndTraceAsync(TraceInfo end, CancellationToken cancellationToken)
    {
        await RequireExistingAsync([end.TraceId], Permission.Edit, cancellationToken);
        return await Traces.EndTraceAsync(WithoutLocation(end), cancellationToken);
    }

    public async Task LogSpansAsync(string experimentId, IReadOnlyList<TraceSpan> spans, CancellationToken cancellationToken)
    {
        Require(experimentId, Permission.Edit);
        // Spans go to their trace, wherever that is.
        await RequireExistingAsync([.. spans.Select(span => span.TraceId).Distinct()], Permission.Edit, cancellationToken);
        await Traces.LogSpansAsync(experimentId, spans, cancellationToken);
    }

    public async Task<TraceInfo> GetTraceInfoAsync(string traceId, CancellationToken cancellationToken)
    {
        var trace = await Traces.GetTraceInfoAsync(traceId, cancellationToken);
        Require(trace.ExperimentId, Permission.Read);
        return trace;
    }

    public async Task<IReadOnlyList<TraceInfo>> GetTraceInfosAsync(IReadOnlyList<string> traceIds, IReadOnlyList<string>? experimentIds, CancellationToken cancellationToken) =>
        [.. (await Traces.GetTraceInfosAsync(traceIds, experimentIds, cancellationToken)).Where(trace => May(trace.ExperimentId))];

    public async Task<IReadOnlyList<string>> GetSpansAsync(string traceId, CancellationToken cancellationToken)
    {
        await RequireExistingAsync([traceId], Permission.Read, cancellationToken);
        return await Traces.GetSpansAsync(traceId, cancellationToken);
    }

    public Task<PagedList<TraceInfo>> SearchTracesAsync(
        IReadOnlyList<string> experimentIds, string? filter, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken) =>
        Traces.SearchTracesAsync(Readable(experimentIds), filter, maxResults, orderBy, pageToken, cancellationToken);

    public Task<IReadOnlyList<TraceMetricPoint>> QueryTraceMetricsAsync(TraceMetricQuery query, CancellationToken cancellationToken) =>
        Traces.QueryTraceMetricsAsync(query with { ExperimentIds = Readable(query.ExperimentIds) }, cancellationToken);

    public Task<int> DeleteTracesAsync(string experimentId, long? upTo, int? maxTraces, IReadOnlyList<string> traceIds, CancellationToken cancellationToken) =>
        With(experimentId, Permission.Manage, () => Traces.DeleteTracesAsync(experimentId, upTo, maxTraces, traceIds, cancellationToken));

    public async Task<TraceAssessment> CreateAssessmentAsync(TraceAssessment assessment, CancellationToken cancellationToken)
    {
        await RequireExistingAsync([assessment.TraceId], Permission.Edit, cancellationToken);
        return await Traces.CreateAssessmentAsync(assessment, cancellationToken);
    }

    public async Task<TraceAssessment> GetAssessmentAsync(string traceId, string assessmentId, CancellationToken cancellationToken)
    {
        await RequireExistingAsync([traceId], Permission.Read, cancellationToken);
        return await Traces.GetAssessmentAsync(traceId, assessmentId, cancellationToken);
    }

    public async Task<TraceAssessment> UpdateAssessmentAsync(string traceId, string assessmentId, Func<TraceAssessment, TraceAssessment> change, CancellationToken cancellationToken)
    {
        await RequireExistingAsync([traceId], Permission.Edit, cancellationToken);
        return await Traces.UpdateAssessmentAsync(traceId, assessmentId, change, cancellationToken);
    }

    public async Task DeleteAssessmentAsync(string traceId, string assessmentId, CancellationToken cancellationToken)
    {
        await RequireExistingAsync([traceId], Permission.Edit, cancellationToken);
        await Traces.DeleteAssessmentAsync(traceId, assessmentId, cancellationToken);
    }

    public async Task LinkTracesToRunAsync(IReadOnlyList<string> traceIds, string runId, CancellationToken cancellationToken)
    {
        await RequireOfRunAsync(runId, Permission.Edit, cancellationToken);
        await RequireExistingAsync(traceIds, Permission.Edit, cancellationToken);
        await Traces.LinkTracesToRunAsync(traceIds, runId, cancellationToken);
    }

    public async Task SetTraceTagAsync(string traceId, string key, string value, CancellationToken cancellationToken = default)
    {
        if (key == TraceKeys.ArtifactLocation)
            permissions.RequireAdmin();
        await RequireExistingAsync([traceId], Permission.Edit, cancellationToken);
        await inner.SetTraceTagAsync(traceId, key, value, cancellationToken);
    }

    public async Task DeleteTraceTagAsync(string traceId, string key, CancellationToken cancellationToken = default)
    {
        await RequireExistingAsync([traceId], Permission.Edit, cancellationToken);
        await inner.DeleteTraceTagAsync(traceId, key, cancellationToken);
    }

    // Where a trace's file lies is the store's to say: a tag that named another folder would give away what is there.
    private TraceInfo WithoutLocation(TraceInfo trace) => permissions.Current.IsAdmin || !trace.Tags.ContainsKey(TraceKeys.ArtifactLocation)
        ? trace
        : trace with { Tags = trace.Tags.Where(tag => tag.Key != TraceKeys.ArtifactLocation).ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal) };

    private async Task RequireExistingAsync(IReadOnlyList<string> traceIds, Permission needed, CancellationToken cancellationToken)
    {
        // Of a store that cannot be asked where a trace is, only administrators change traces.
        if (inner is not ITraceStore traces)
        {
            permissions.RequireAdmin();
            return;
        }

        foreach (var trace in await traces.GetTraceInfosAsync(traceIds, null, cancellationToken))
            Require(trace.ExperimentId, needed);
    }
}
