using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;
using MLflowSharp.Server.Routing;
using MLflowSharp.Stores;
using MLflowSharp.Traces;

namespace MLflowSharp.Server.Traces;

/// <summary>traces/{trace_id}/assessments: what people and programs say of a trace.</summary>
internal sealed class AssessmentHandlers(ITrackingStore store)
{
    public IEnumerable<Route> Routes =>
    [
        .. Route.Of(Endpoints.CreateAssessment, CreateAsync),
        .. Route.Of(Endpoints.GetAssessment, GetAsync),
        .. Route.Of(Endpoints.UpdateAssessment, UpdateAsync),
        .. Route.Of(Endpoints.DeleteAssessment, DeleteAsync),
    ];

    private ITraceStore Traces => TraceHandlers.Of(store);

    private async Task<RestResponse> CreateAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<AssessmentCall>(["assessment"], cancellationToken);
        return Answer(await Traces.CreateAssessmentAsync(request.Assessment!.ToEntity(call["trace_id"]), cancellationToken));
    }

    private async Task<RestResponse> GetAsync(RestCall call, CancellationToken cancellationToken) =>
        Answer(await Traces.GetAssessmentAsync(call["trace_id"], call["assessment_id"], cancellationToken));

    private async Task<RestResponse> UpdateAsync(RestCall call, CancellationToken cancellationToken)
    {
        var request = await call.ReadAsync<AssessmentCall>(["assessment", "update_mask"], cancellationToken);
        // Protobuf's JSON writes the names of fields in one word.
        var fields = request.UpdateMask!.Split(',', StringSplitOptions.TrimEntries).Select(field => field.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant()).ToHashSet(StringComparer.Ordinal);
        return Answer(await Traces.UpdateAssessmentAsync(call["trace_id"], call["assessment_id"], known => Change(known, request.Assessment!, fields), cancellationToken));
    }

    private static TraceAssessment Change(TraceAssessment known, AssessmentMessage message, HashSet<string> fields)
    {
        var changed = known;
        if (fields.Contains("ASSESSMENTNAME"))
            changed = changed with { Name = WireText.OrNull(message.AssessmentName) ?? known.Name };
        if (fields.Contains("RATIONALE"))
            changed = changed with { Rationale = message.Rationale };
        if (fields.Contains("METADATA"))
        {
            var metadata = new Dictionary<string, string>(known.Metadata);
            foreach (var (key, value) in message.Metadata ?? [])
                metadata[key] = value;
            changed = changed with { Metadata = metadata };
        }

        foreach (var kind in (string[])[TraceAssessment.Feedback, TraceAssessment.Expectation])
        {
            if (!fields.Contains(kind.ToUpperInvariant()))
                continue;
            if (known.Kind != kind)
                throw MlflowException.Invalid($"Cannot update {kind} value on {(known.Kind == TraceAssessment.Feedback ? "a Feedback" : known.Kind == TraceAssessment.Issue ? "an IssueReference" : "an Expectation")} assessment.");
            var said = (message with { AssessmentName = changed.Name }).ToEntity(known.TraceId);
            changed = changed with { Value = said.Value, Error = said.Error };
        }

        return changed;
    }

    private async Task<RestResponse> DeleteAsync(RestCall call, CancellationToken cancellationToken)
    {
        await Traces.DeleteAssessmentAsync(call["trace_id"], call["assessment_id"], cancellationToken);
        return Answers.Done();
    }

    private static RestResponse Answer(TraceAssessment assessment) => Answers.Json(new AssessmentCall { Assessment = AssessmentMessage.From(assessment) });
}
