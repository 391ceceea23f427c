using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using MLflowSharp.Search;
using MLflowSharp.Traces;
using MLflowSharp.Validation;
using MLflowSharp.Values;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore
{
    private const int MostTraces = 500;
    private const int MostLinks = 100;
    private static readonly string[] Promotions = [.. TraceKeys.TokenColumns, .. TraceKeys.CostColumns];

    private static readonly string TraceColumns =
        "t.request_id, t.experiment_id, t.timestamp_ms, t.execution_time_ms, t.status, t.client_request_id, t.request_preview, t.response_preview, t.trace_name, t.session_id, "
        + string.Join(", ", Promotions.Select(column => $"t.{column}"));

    public Task<TraceInfo> GetTraceInfoAsync(string traceId, CancellationToken cancellationToken) => _database.ReadAsync(session =>
    {
        RequireTraces();
        return ReadTrace(session, traceId);
    }, cancellationToken);

    public Task<IReadOnlyList<TraceInfo>> GetTraceInfosAsync(IReadOnlyList<string> traceIds, IReadOnlyList<string>? experimentIds, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<TraceInfo>>(session =>
        {
            RequireTraces();
            var places = traceIds.Distinct().Select((id, i) => (id, i)).ToDictionary(item => item.id, item => item.i, StringComparer.Ordinal);
            return [.. ReadTraces(session, $"WHERE {session.Dialect.In("t.request_id", "$1")}", session.Dialect.TextList([.. places.Keys]))
                .Where(trace => experimentIds is null || experimentIds.Contains(trace.ExperimentId))
                .OrderBy(trace => places[trace.TraceId])];
        }, cancellationToken);

    public Task<IReadOnlyList<string>> GetSpansAsync(string traceId, CancellationToken cancellationToken) => _database.ReadAsync<IReadOnlyList<string>>(session =>
    {
        RequireTraces();
        // An empty content is that of a span whose trace went to an archive.
        return session.Query(
            "SELECT content FROM spans WHERE trace_id = $1 AND content <> '' ORDER BY parent_span_id IS NOT NULL, start_time_unix_nano, span_id", row => row.GetString(0), traceId);
    }, cancellationToken);

    public Task<PagedList<TraceInfo>> SearchTracesAsync(
        IReadOnlyList<string> experimentIds, string? filter, int maxResults, IReadOnlyList<string>? orderBy, string? pageToken, CancellationToken cancellationToken)
    {
        EntityValidator.CheckMaxResults(maxResults);
        var parser = new SearchParser(SearchSchema.Traces);
        var query = new SqlSearch(_database.Dialect);
        query.FilterTraces(parser.ParseFilter(filter));
        query.OrderTraces(parser.ParseOrderBy(orderBy));
        query.RequireExperiments("t.experiment_id", experimentIds);
        var offset = PageToken.Offset(pageToken);
        var sql = $"{query.Joins} WHERE {query.Where} ORDER BY {query.OrderBy} LIMIT {query.Add(maxResults + 1L)} OFFSET {query.Add(offset)}";
        return _database.ReadAsync(session =>
        {
            return HasTraces(session) ? PageToken.Page(ReadTraces(session, sql, [.. query.Values]), offset, maxResults) : new PagedList<TraceInfo>([], null);
        }, cancellationToken);
    }

    public Task<int> DeleteTracesAsync(string experimentId, long? upTo, int? maxTraces, IReadOnlyList<string> traceIds, CancellationToken cancellationToken)
    {
        if (upTo is null && traceIds.Count == 0)
            throw MlflowException.Invalid("Either `max_timestamp_millis` or `trace_ids` must be specified.");
        if (upTo is not null && traceIds.Count > 0)
            throw MlflowException.Invalid("Only one of `max_timestamp_millis` and `trace_ids` can be specified.");
        if (maxTraces is not null && (traceIds.Count > 0 || maxTraces <= 0))
            throw MlflowException.Invalid("`max_traces` goes with `max_timestamp_millis`, and must be a positive integer.");
        var experiment = SqlText.ToExperimentNumber(experimentId);
        return _database.WriteAsync(session =>
        {
            RequireTraces();
            var chosen = session.Dialect.TextList([.. upTo is { } time
                ? session.Query(
                    "SELECT request_id FROM trace_info WHERE experiment_id = $1 AND timestamp_ms <= $2 ORDER BY timestamp_ms, request_id LIMIT $3", row => row.GetString(0), experiment, time, maxTraces ?? long.MaxValue)
                : session.Query(
                    $"SELECT request_id FROM trace_info WHERE experiment_id = $1 AND {session.Dialect.In("request_id", "$2")}", row => row.GetString(0), experiment, session.Dialect.TextList([.. traceIds]))]);
            if (session.Text($"SELECT request_id FROM trace_tags WHERE key = $1 AND value = 'ARCHIVE_REPO' AND {session.Dialect.In("request_id", "$2")}", TraceKeys.SpansLocation, chosen) is { } archived)
                throw new MlflowException($"The trace {archived} is in an archive, which this server cannot empty. Delete it with MLflow's own server.", ErrorCode.NotImplemented);
            // What belongs to a trace goes with it; this table does not say to what it belongs.
            session.Execute($"DELETE FROM review_queue_items WHERE item_type = 'trace' AND {session.Dialect.In("item_id", "$1")}", chosen);
            return session.Execute($"DELETE FROM trace_info WHERE {session.Dialect.In("request_id", "$1")}", chosen);
        }, cancellationToken);
    }

    public Task LinkTracesToRunAsync(IReadOnlyList<string> traceIds, string runId, CancellationToken cancellationToken)
    {
        if (traceIds.Count > MostLinks)
            throw MlflowException.Invalid($"Cannot link more than {MostLinks} traces to a run in a single request. Provided {traceIds.Count} traces. Link them in parts.");
        return _database.WriteAsync(
            session =>
            {
                RequireTraces();
                session.ExecuteMany(
                    "INSERT INTO entity_associations (association_id, source_type, source_id, destination_type, destination_id, created_time) VALUES ($1, 'trace', $2, 'run', $3, $4) ON CONFLICT DO NOTHING",
                    [.. traceIds.Distinct().Select(id => new object?[] { NewIdentifier(), id, runId, Now })]);
            },
            cancellationToken);
    }

    private static TraceInfo ReadTrace(SqlSession session, string traceId) => ReadTraces(session, "WHERE t.request_id = $1", traceId) is [var trace] ? trace : throw NoTrace(traceId);

    private static List<TraceInfo> ReadTraces(SqlSession session, string rest, params object?[] values)
    {
        var traces = session.QueryBuilt($"SELECT {TraceColumns} FROM trace_info t {rest}", ToTrace, values);
        foreach (var part in traces.Chunk(MostTraces))
        {
            var ids = session.Dialect.TextList([.. part.Select(trace => trace.TraceId)]);
            var byId = part.ToDictionary(trace => trace.TraceId, StringComparer.Ordinal);
            session.ForEach(
                $"SELECT request_id, key, value FROM trace_tags WHERE {session.Dialect.In("request_id", "$1")}",
                row => ((Dictionary<string, string>)byId[row.GetString(0)].Tags).TryAdd(row.GetString(1), TextOrEmpty(row, 2)),
                ids);
            session.ForEach(
                $"SELECT request_id, key, value FROM trace_request_metadata WHERE {session.Dialect.In("request_id", "$1")}",
                row => ((Dictionary<string, string>)byId[row.GetString(0)].Metadata).TryAdd(row.GetString(1), TextOrEmpty(row, 2)),
                ids);
            foreach (var assessment in session.Query($"SELECT {AssessmentColumns} FROM assessments WHERE {session.Dialect.In("trace_id", "$1")} ORDER BY created_timestamp, {session.Dialect.InsertionOrder("assessments")}", ToAssessment, ids))
                ((List<TraceAssessment>)byId[assessment.TraceId].Assessments).Add(assessment);
        }

        return traces;
    }

    private static TraceInfo ToTrace(DbDataReader row)
    {
        var (tags, metadata) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        if (!row.IsDBNull(8))
            tags[TraceKeys.Name] = row.GetString(8);
        if (!row.IsDBNull(9))
            metadata[TraceKeys.Session] = row.GetString(9);
        AddParts(TraceKeys.TokenUsage, 10, TraceKeys.TokenColumns, column => JsonValue.Create(row.GetInt64(column)));
        AddParts(TraceKeys.Cost, 10 + TraceKeys.TokenColumns.Length, TraceKeys.CostColumns, column => PythonJson.Number(row.GetDouble(column)));
        return new(row.GetString(0), Convert.ToInt64(row.GetValue(1), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture), row.GetInt64(2))
        {
            ExecutionTime = LongOrNull(row, 3),
            State = row.GetString(4),
            ClientRequestId = TextOrNull(row, 5),
            RequestPreview = row.IsDBNull(6) ? null : row.GetString(6),
            ResponsePreview = row.IsDBNull(7) ? null : row.GetString(7),
            Tags = tags,
            Metadata = metadata,
            Assessments = new List<TraceAssessment>(),
        };

        void AddParts(string key, int first, string[] names, Func<int, JsonNode> read)
        {
            var parts = new JsonObject(names.Select((name, i) => (name, Column: first + i)).Where(part => !row.IsDBNull(part.Column)).Select(part => KeyValuePair.Create(part.name, (JsonNode?)read(part.Column))));
            if (parts.Count > 0)
                metadata[key] = PythonJson.Write(parts);
        }
    }
}
