using System.Data.Common;
using System.Text.Json.Nodes;
using MLflowSharp.Traces;
using MLflowSharp.Values;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore
{
    private const string AssessmentColumns =
        "trace_id, name, assessment_type, value, error, created_timestamp, last_updated_timestamp, source_type, source_id, span_id, rationale, overrides, valid, assessment_metadata, assessment_id";

    public Task<TraceAssessment> CreateAssessmentAsync(TraceAssessment assessment, CancellationToken cancellationToken) => _database.WriteAsync(session =>
    {
        RequireTraces();
        RequireTrace(session, assessment.TraceId);
        return AddAssessment(session, assessment);
    }, cancellationToken);

    public Task<TraceAssessment> GetAssessmentAsync(string traceId, string assessmentId, CancellationToken cancellationToken) => _database.ReadAsync(session =>
    {
        RequireTraces();
        return ReadAssessment(session, traceId, assessmentId);
    }, cancellationToken);

    public Task<TraceAssessment> UpdateAssessmentAsync(string traceId, string assessmentId, Func<TraceAssessment, TraceAssessment> change, CancellationToken cancellationToken) => _database.WriteAsync(session =>
    {
        RequireTraces();
        var changed = change(ReadAssessment(session, traceId, assessmentId)) with { Updated = Now };
        session.Execute(
            "UPDATE assessments SET name = $1, value = $2, error = $3, last_updated_timestamp = $4, rationale = $5, assessment_metadata = $6, aggregate_value = $7, is_numeric_value = $8 WHERE assessment_id = $9",
            changed.Name, PythonJson.Write(changed.Value), JsonOf(changed.Error), changed.Updated, changed.Rationale, JsonOf(changed.Metadata), changed.Aggregate.Number, changed.Aggregate.IsNumeric, assessmentId);
        return changed;
    }, cancellationToken);

    public Task DeleteAssessmentAsync(string traceId, string assessmentId, CancellationToken cancellationToken) => _database.WriteAsync(
        session =>
        {
            RequireTraces();
            RequireTrace(session, traceId);
            // What it took the place of holds again. One that is not there is deleted already.
            session.Execute("UPDATE assessments SET valid = TRUE WHERE assessment_id IN (SELECT overrides FROM assessments WHERE trace_id = $1 AND assessment_id = $2)", traceId, assessmentId);
            session.Execute("DELETE FROM assessments WHERE trace_id = $1 AND assessment_id = $2", traceId, assessmentId);
        },
        cancellationToken);

    private TraceAssessment AddAssessment(SqlSession session, TraceAssessment assessment)
    {
        if (assessment.Overrides is { } other && session.Execute("UPDATE assessments SET valid = FALSE WHERE trace_id = $1 AND assessment_id = $2", assessment.TraceId, other) == 0)
            throw NoAssessment(assessment.TraceId, other);
        var made = assessment with
        {
            AssessmentId = assessment.AssessmentId.Length > 0 ? assessment.AssessmentId : $"a-{NewIdentifier()}",
            Created = assessment.Created ?? Now,
            Updated = assessment.Updated ?? Now,
            Valid = true,
        };
        var (experiment, timestamp) = session.Query("SELECT experiment_id, timestamp_ms FROM trace_info WHERE request_id = $1", row => (row.GetValue(0), row.GetInt64(1)), made.TraceId)[0];
        session.Execute(
            $"INSERT INTO assessments ({AssessmentColumns}, experiment_id, trace_timestamp_ms, aggregate_value, is_numeric_value) "
            + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, TRUE, $13, $14, $15, $16, $17, $18) "
            + "ON CONFLICT (assessment_id) DO UPDATE SET value = excluded.value, error = excluded.error, last_updated_timestamp = excluded.last_updated_timestamp, "
            + "rationale = excluded.rationale, assessment_metadata = excluded.assessment_metadata, aggregate_value = excluded.aggregate_value, is_numeric_value = excluded.is_numeric_value",
            made.TraceId, made.Name, made.Kind, PythonJson.Write(made.Value), JsonOf(made.Error), made.Created, made.Updated, made.SourceType, made.SourceId, made.SpanId, made.Rationale, made.Overrides,
            JsonOf(made.Metadata), made.AssessmentId, experiment, timestamp, made.Aggregate.Number, made.Aggregate.IsNumeric);
        return made;
    }

    private static TraceAssessment ReadAssessment(SqlSession session, string traceId, string assessmentId)
    {
        RequireTrace(session, traceId);
        return session.Query($"SELECT {AssessmentColumns} FROM assessments WHERE trace_id = $1 AND assessment_id = $2", ToAssessment, traceId, assessmentId) is [var found] ? found : throw NoAssessment(traceId, assessmentId);
    }

    private static TraceAssessment ToAssessment(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), SpanAttributes.Parse(row.GetString(3)))
    {
        Error = row.IsDBNull(4) ? null : SpanAttributes.Parse(row.GetString(4)) as JsonObject,
        Created = row.GetInt64(5),
        Updated = row.GetInt64(6),
        SourceType = row.GetString(7),
        SourceId = TextOrNull(row, 8),
        SpanId = TextOrNull(row, 9),
        Rationale = row.IsDBNull(10) ? null : row.GetString(10),
        Overrides = TextOrNull(row, 11),
        Valid = row.GetBoolean(12),
        Metadata = row.IsDBNull(13) || SpanAttributes.Parse(row.GetString(13)) is not JsonObject metadata ? new Dictionary<string, string>() : metadata.ToDictionary(item => item.Key, item => item.Value?.ToString() ?? ""),
        AssessmentId = row.GetString(14),
    };

    private static MlflowException NoAssessment(string traceId, string assessmentId) => MlflowException.Missing($"Assessment with ID '{assessmentId}' not found for trace '{traceId}'");

    private static string? JsonOf(JsonObject? value) => value is null ? null : PythonJson.Write(value);

    private static string? JsonOf(IReadOnlyDictionary<string, string> metadata) =>
        metadata.Count == 0 ? null : PythonJson.Write(new JsonObject(metadata.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value))));
}
