using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLflowSharp.Traces;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore
{
    public Task<TraceInfo> StartTraceAsync(TraceInfo trace, bool isFinal, CancellationToken cancellationToken) => _database.WriteAsync(session =>
    {
        RequireTraces();
        var experiment = ReadExperiment(session, trace.ExperimentId);
        RequireActive(experiment);
        var number = SqlText.ToExperimentNumber(trace.ExperimentId);
        var values = new List<(string Column, object? Value)>
        {
            ("experiment_id", number), ("timestamp_ms", trace.Timestamp), ("execution_time_ms", trace.ExecutionTime), ("status", trace.State), ("client_request_id", trace.ClientRequestId),
        };
        // What is not said leaves what the spans have said.
        if (trace.RequestPreview is not null)
            values.Add(("request_preview", trace.RequestPreview));
        if (trace.ResponsePreview is not null)
            values.Add(("response_preview", trace.ResponsePreview));
        if (trace.Tags.TryGetValue(TraceKeys.Name, out var name))
            values.Add(("trace_name", name));
        values.AddRange(Promoted(trace.Metadata));
        var numbers = values.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"${i + 2}"));
        session.Execute(
            $"INSERT INTO trace_info (request_id, {string.Join(", ", values.Select(value => value.Column))}) VALUES ($1, {string.Join(", ", numbers)}) "
            + $"ON CONFLICT (request_id) DO UPDATE SET {string.Join(", ", values.Select(value => $"{value.Column} = excluded.{value.Column}"))}, db_payload_generation = trace_info.db_payload_generation + 1",
            [trace.TraceId, .. values.Select(value => value.Value)]);
        SetTraceTags(session, trace.TraceId, trace.Tags.Where(tag => tag.Key != TraceKeys.Name).Append(ArtifactLocationOf(experiment, trace.TraceId)));
        SetTraceMetadata(session, trace.TraceId, isFinal ? trace.Metadata.Append(new(TraceKeys.Finalized, "true")) : trace.Metadata);
        foreach (var assessment in trace.Assessments)
            AddAssessment(session, assessment);
        session.Execute("UPDATE spans SET experiment_id = $1 WHERE trace_id = $2 AND experiment_id <> $3", number, trace.TraceId, number);
        return ReadTrace(session, trace.TraceId);
    }, cancellationToken);

    public Task<TraceInfo> EndTraceAsync(TraceInfo end, CancellationToken cancellationToken) => _database.WriteAsync(session =>
    {
        RequireTraces();
        RequireTrace(session, end.TraceId);
        var values = new List<(string Column, object? Value)> { ("status", end.State) };
        if (end.Tags.TryGetValue(TraceKeys.Name, out var name))
            values.Add(("trace_name", name));
        values.AddRange(Promoted(end.Metadata));
        UpdateTrace(session, end.TraceId, values);
        session.Execute("UPDATE trace_info SET execution_time_ms = $1 - timestamp_ms WHERE request_id = $2", end.Timestamp, end.TraceId);
        SetTraceTags(session, end.TraceId, end.Tags.Where(tag => tag.Key != TraceKeys.Name));
        SetTraceMetadata(session, end.TraceId, end.Metadata);
        return ReadTrace(session, end.TraceId);
    }, cancellationToken);

    private static void UpdateTrace(SqlSession session, string traceId, List<(string Column, object? Value)> values)
    {
        var assignments = values.Select((value, i) => string.Create(CultureInfo.InvariantCulture, $"{value.Column} = ${i + 1}"));
        session.Execute(
            string.Create(CultureInfo.InvariantCulture, $"UPDATE trace_info SET {string.Join(", ", assignments)} WHERE request_id = ${values.Count + 1}"),
            [.. values.Select(value => value.Value), traceId]);
    }

    private static void SetTraceMetadata(SqlSession session, string traceId, IEnumerable<KeyValuePair<string, string>> metadata) => SetTraceItems(
        session, "trace_request_metadata", traceId, metadata.Where(item => item.Key is not (TraceKeys.Session or TraceKeys.TokenUsage or TraceKeys.Cost)));

    /// <summary>The metadata that have columns: session, tokens and costs.</summary>
    private static IEnumerable<(string Column, object? Value)> Promoted(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.TryGetValue(TraceKeys.Session, out var session))
            yield return ("session_id", session);
        foreach (var column in TraceKeys.TokenColumns)
        {
            if (Part(TraceKeys.TokenUsage, column) is { } tokens && double.IsInteger(tokens))
                yield return (column, (long)tokens);
        }

        foreach (var column in TraceKeys.CostColumns)
        {
            if (Part(TraceKeys.Cost, column) is { } cost)
                yield return (column, cost);
        }

        double? Part(string key, string name) =>
            metadata.TryGetValue(key, out var json) && SpanAttributes.Parse(json) is JsonObject parts && parts[name] is JsonValue value
            && value.GetValueKind() == JsonValueKind.Number && value.GetValue<double>() is var number && double.IsFinite(number)
                ? number
                : null;
    }
}
