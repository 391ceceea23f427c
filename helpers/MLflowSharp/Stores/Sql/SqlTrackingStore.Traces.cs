namespace MLflowSharp.Stores.Sql;

internal sealed partial class SqlTrackingStore
{
    /// <summary>Since MLflow 3.17 this tag is a column of the trace.</summary>
    private const string TraceName = "mlflow.traceName";

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

            session.Execute(
                "INSERT INTO trace_tags (key, value, request_id) VALUES ($1, $2, $3) ON CONFLICT (key, request_id) DO UPDATE SET value = excluded.value",
                tag.Key, tag.Value, traceId);
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

    private bool IsColumn(string key) => key == TraceName && _database.Columns.Has("trace_info", "trace_name");

    private static void RequireTrace(SqlSession session, string traceId)
    {
        if (!session.Any("SELECT 1 FROM trace_info WHERE request_id = $1", traceId))
            throw MlflowException.Missing($"Trace with ID '{traceId}' not found. Check the tracking URI and the identifier.");
    }
}
