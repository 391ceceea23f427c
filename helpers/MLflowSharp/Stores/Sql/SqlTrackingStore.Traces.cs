using MLflowSharp.Artifacts;
using MLflowSharp.Traces;

namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore
{
    public Task SetTraceTagAsync(string traceId, string key, string value, CancellationToken cancellationToken = default)
    {
        var tag = _validator.CheckTag(new(key, value));
        return _database.WriteAsync(session =>
        {
            RequireTrace(session, traceId);
            if (IsColumn(key))
            {
                session.Execute("UPDATE trace_info SET trace_name = $1 WHERE request_id = $2", tag.Value, traceId);
                return;
            }

            SetTraceTags(session, traceId, [new(tag.Key, tag.Value)]);
        }, cancellationToken);
    }

    public Task DeleteTraceTagAsync(string traceId, string key, CancellationToken cancellationToken = default) =>
        _database.WriteAsync(session =>
        {
            RequireTrace(session, traceId);
            var deleted = IsColumn(key)
                ? session.Execute("UPDATE trace_info SET trace_name = NULL WHERE request_id = $1 AND trace_name IS NOT NULL", traceId)
                : session.Execute("DELETE FROM trace_tags WHERE request_id = $1 AND key = $2", traceId, key);
            if (deleted == 0)
                throw MlflowException.Missing($"No trace tag with key '{key}' for trace with ID '{traceId}'.");
        }, cancellationToken);

    // Since MLflow 3.17 this tag is a column of the trace.
    private bool IsColumn(string key) => key == TraceKeys.Name && _database.Columns.Has("trace_info", "trace_name");

    private static void RequireTrace(SqlSession session, string traceId)
    {
        if (!session.Any("SELECT 1 FROM trace_info WHERE request_id = $1", traceId))
            throw NoTrace(traceId);
    }

    private static MlflowException NoTrace(string traceId) => MlflowException.Missing($"Trace with ID '{traceId}' not found. Check the tracking URI and the identifier.");

    /// <summary>Refuses a database whose traces are laid out in another way.</summary>
    private void RequireTraces()
    {
        if (!_database.Columns.Has("trace_info", "trace_name"))
        {
            throw new MlflowException(
                "Traces can be written and read in databases of MLflow 3.17; this one is of an older version. Use a newer database "
                + $"({nameof(MlflowClientOptions)}.{nameof(MlflowClientOptions.DatabaseVersion)} = \"3.17\"), or upgrade a copy of this one with 'mlflow db upgrade'.",
                ErrorCode.NotImplemented);
        }
    }

    /// <summary>Whether there is something to search: an older database without traces has none, which is no reason to refuse.</summary>
    private bool HasTraces(SqlSession session)
    {
        if (_database.Columns.Has("trace_info", "trace_name"))
            return true;
        if (_database.Columns.Has("trace_info") && session.Any("SELECT 1 FROM trace_info LIMIT 1"))
            RequireTraces();
        return false;
    }

    // In order of their keys, so that two writers of a trace cannot wait for each other.
    private static void SetTraceTags(SqlSession session, string traceId, IEnumerable<KeyValuePair<string, string>> tags) =>
        SetTraceItems(session, "trace_tags", traceId, tags);

    private static void SetTraceItems(SqlSession session, string table, string traceId, IEnumerable<KeyValuePair<string, string>> items) => session.ExecuteMany(
        $"INSERT INTO {table} (key, value, request_id) VALUES ($1, $2, $3) ON CONFLICT (key, request_id) DO UPDATE SET value = excluded.value",
        [.. items.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => new object?[] { item.Key, item.Value, traceId })]);

    /// <summary>Where files of a trace are kept, in a folder of its own beside those of runs.</summary>
    private static KeyValuePair<string, string> ArtifactLocationOf(Experiment experiment, string traceId) =>
        new(TraceKeys.ArtifactLocation, ArtifactUri.Append(experiment.ArtifactLocation, $"traces/{traceId}/artifacts"));
}
