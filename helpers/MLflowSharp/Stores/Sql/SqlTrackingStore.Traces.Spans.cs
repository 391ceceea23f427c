using System.Text.Json.Nodes;
using MLflowSharp.Traces;
using MLflowSharp.Validation;
using MLflowSharp.Values;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore
{
    private const int LongestModelName = 500;

    public Task LogSpansAsync(string experimentId, IReadOnlyList<TraceSpan> spans, CancellationToken cancellationToken)
    {
        foreach (var span in spans)
            SpanAttributes.Translate(span);
        return _database.WriteAsync(
            session =>
            {
                RequireTraces();
                // In order of their names, so that two writers cannot wait for each other.
                foreach (var trace in spans.GroupBy(span => span.TraceId).OrderBy(trace => trace.Key, StringComparer.Ordinal))
                    LogSpans(session, experimentId, trace.Key, [.. trace.DistinctBy(span => span.SpanId)]);
            },
            cancellationToken);
    }

    private static void LogSpans(SqlSession session, string experimentId, string traceId, IReadOnlyList<TraceSpan> spans)
    {
        var (begin, end) = (spans.Min(span => span.Start) / 1_000_000, spans.Max(span => span.End) / 1_000_000);
        if (session.Number("SELECT experiment_id FROM trace_info WHERE request_id = $1", traceId) is null)
        {
            var experiment = ReadExperiment(session, experimentId);
            session.Execute(
                "INSERT INTO trace_info (request_id, experiment_id, timestamp_ms, execution_time_ms, status) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (request_id) DO NOTHING",
                traceId, SqlText.ToExperimentNumber(experimentId), begin, end > 0 ? end - begin : null, TraceInfo.InProgress);
            SetTraceTags(session, traceId, [ArtifactLocationOf(experiment, traceId)]);
        }

        // Holds the row until all is written: others who write spans of this trace wait here.
        session.Execute("UPDATE trace_info SET db_payload_generation = db_payload_generation + 1 WHERE request_id = $1", traceId);
        WriteSpans(session, traceId, spans);
        UpdateTrace(session, traceId, WhatSpansSay(session, traceId, spans, begin, end));
        if (spans.Select(span => span.Text("user.id")).FirstOrDefault(user => user is not null) is { } user)
            session.Execute("INSERT INTO trace_request_metadata (key, value, request_id) VALUES ($1, $2, $3) ON CONFLICT (key, request_id) DO NOTHING", TraceKeys.User, user, traceId);
        SetTraceTags(session, traceId, TagsOf(spans).Append(new(TraceKeys.SpansLocation, TraceKeys.TrackingStore)));
    }

    private static void WriteSpans(SqlSession session, string traceId, IReadOnlyList<TraceSpan> spans)
    {
        var experiment = session.Number("SELECT experiment_id FROM trace_info WHERE request_id = $1", traceId);
        session.ExecuteMany(
            "INSERT INTO spans (trace_id, experiment_id, span_id, parent_span_id, name, type, status, start_time_unix_nano, end_time_unix_nano, content, input_cost, output_cost, total_cost, model_name, model_provider) "
            + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (trace_id, span_id) DO UPDATE SET experiment_id = excluded.experiment_id, "
            + "parent_span_id = excluded.parent_span_id, name = excluded.name, type = excluded.type, status = excluded.status, start_time_unix_nano = excluded.start_time_unix_nano, "
            + "end_time_unix_nano = excluded.end_time_unix_nano, content = excluded.content, input_cost = excluded.input_cost, output_cost = excluded.output_cost, "
            + "total_cost = excluded.total_cost, model_name = excluded.model_name, model_provider = excluded.model_provider",
            [.. spans.OrderBy(span => span.SpanId, StringComparer.Ordinal).Select(span =>
            {
                var costs = Totals(TraceKeys.CostColumns, [span], TraceKeys.SpanCost).Sum();
                return (object?[])
                [
                    traceId, experiment, span.SpanId, span.ParentId, span.Name, span.Text(TraceKeys.SpanType), span.Status, span.Start, span.End > 0 ? span.End : null, SpanContent.Write(span),
                    costs["input_cost"], costs["output_cost"], costs["total_cost"], Bounded(span.Text(TraceKeys.ModelName)), Bounded(span.Text(TraceKeys.ModelProvider)),
                ];
            })]);

        static string? Bounded(string? name) => name is null ? null : TextLimit.Take(name, LongestModelName);
    }

    private static List<(string Column, object? Value)> WhatSpansSay(SqlSession session, string traceId, IReadOnlyList<TraceSpan> spans, long begin, long end)
    {
        var isFinal = session.Any("SELECT 1 FROM trace_request_metadata WHERE request_id = $1 AND key = $2", traceId, TraceKeys.Finalized);
        var known = session.Query(
            "SELECT timestamp_ms, execution_time_ms, status, session_id, request_preview, response_preview, coalesce(input_tokens, output_tokens, total_tokens), coalesce(input_cost, output_cost, total_cost) "
            + "FROM trace_info WHERE request_id = $1",
            row => (Start: row.GetInt64(0), Duration: LongOrNull(row, 1), State: row.GetString(2), HasSession: !row.IsDBNull(3), HasRequest: !row.IsDBNull(4), HasResponse: !row.IsDBNull(5), HasTokens: !row.IsDBNull(6), HasCosts: !row.IsDBNull(7)),
            traceId)[0];
        var root = spans.FirstOrDefault(span => span.ParentId is null);
        var values = new List<(string Column, object? Value)>();
        if (!isFinal)
        {
            var start = Math.Min(known.Start, begin);
            values.Add(("timestamp_ms", start));
            if (end > 0)
                values.Add(("execution_time_ms", Math.Max(known.Start + (known.Duration ?? 0), end) - start));
        }

        if (root is not null && known.State is TraceInfo.InProgress or TraceInfo.Unspecified)
            values.Add(("status", root!.Status == TraceSpan.Error ? TraceInfo.Error : TraceInfo.Ok));
        if (!known.HasRequest && root?.Attributes.GetValueOrDefault(TraceKeys.Inputs) is { } inputs)
            values.Add(("request_preview", TracePreview.Of(inputs, "user")));
        if (!known.HasResponse && root?.Attributes.GetValueOrDefault(TraceKeys.Outputs) is { } outputs)
            values.Add(("response_preview", TracePreview.Of(outputs, "assistant")));
        if (root?.Text($"{TraceKeys.TagPrefix}{TraceKeys.Name}") is { } name)
            values.Add(("trace_name", name));
        if (!known.HasSession && spans.Select(span => span.Text("session.id") ?? span.Text("gen_ai.conversation.id")).FirstOrDefault(id => id is not null) is { } sessionId)
            values.Add(("session_id", sessionId));
        if (!(isFinal && known.HasTokens))
            values.AddRange(Sums(session, traceId, spans, TraceKeys.TokenColumns, TraceKeys.ChatUsage).Select(sum => (sum.Column, (object?)(long)sum.Value)));
        if (!(isFinal && known.HasCosts))
            values.AddRange(Sums(session, traceId, spans, TraceKeys.CostColumns, TraceKeys.SpanCost).Select(sum => (sum.Column, (object?)sum.Value)));
        // There is always something to set: a statement without assignments is none.
        return values.Count > 0 ? values : [("status", known.State)];
    }

    /// <summary>What all spans of the trace say together, when one of the new ones says something. The first three parts go together.</summary>
    private static IEnumerable<(string Column, double Value)> Sums(SqlSession session, string traceId, IReadOnlyList<TraceSpan> spans, string[] columns, string attribute)
    {
        if (!spans.Any(span => span.Attributes.ContainsKey(attribute)))
            return [];
        var totals = new SpanTotals(columns);
        session.ForEach(
            "SELECT span_id, parent_span_id, content FROM spans WHERE trace_id = $1",
            row => totals.Add(row.GetString(0), TextOrNull(row, 1), ((SpanAttributes.Parse(row.GetString(2)) as JsonObject)?["attributes"]?[attribute] as JsonValue)?.ToString()),
            traceId);
        var sums = totals.Sum();
        if (columns.All(column => sums[column] is null))
            return [];
        return columns.Select((column, i) => (column, sums[column] ?? (i < 3 ? 0 : null))).Where(sum => sum.Item2 is not null).Select(sum => (sum.column, sum.Item2!.Value));
    }

    private static SpanTotals Totals(string[] columns, IEnumerable<TraceSpan> spans, string attribute)
    {
        var totals = new SpanTotals(columns);
        foreach (var span in spans)
            totals.Add(span.SpanId, span.ParentId, span.Attributes.GetValueOrDefault(attribute));
        return totals;
    }

    /// <summary>What produced the spans, and the tags that the first span carries; what cannot be a tag is left out, as in MLflow: spans must not be lost for it.</summary>
    private static Dictionary<string, string> TagsOf(IReadOnlyList<TraceSpan> spans)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in spans.Select(span => span.Resource).FirstOrDefault(resource => resource.Count > 0) ?? new Dictionary<string, JsonNode?>())
        {
            if (!key.StartsWith("telemetry.sdk.", StringComparison.Ordinal) && !key.StartsWith("mlflow.", StringComparison.Ordinal))
                Add(key, value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : PythonJson.Write(value));
        }

        foreach (var (key, json) in spans.FirstOrDefault(span => span.ParentId is null)?.Attributes ?? [])
        {
            if (key.StartsWith(TraceKeys.TagPrefix, StringComparison.Ordinal) && key[TraceKeys.TagPrefix.Length..] is var tag && tag != TraceKeys.Name)
                Add(tag, SpanAttributes.Parse(json) is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : json);
        }

        return tags;

        void Add(string key, string value)
        {
            if (KeyRules.Allows(key))
                tags[key] = TextLimit.Take(value, EntityValidator.MaxTagValueLength);
        }
    }
}
