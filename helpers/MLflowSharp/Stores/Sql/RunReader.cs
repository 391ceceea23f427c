using System.Data.Common;
using System.Globalization;

namespace MLflowSharp.Stores.Sql;

/// <summary>Reads runs with everything they logged.</summary>
internal static class RunReader
{
    public const string Columns = "r.run_uuid, r.name, r.experiment_id, r.user_id, r.status, r.start_time, r.end_time, r.lifecycle_stage, r.artifact_uri";

    public static Run Read(SqlSession session, string runId) =>
        session.Query($"SELECT {Columns} FROM runs r WHERE r.run_uuid = $1", ToInfo, runId) is [var info]
            ? Complete(session, info)
            : throw NotFound(runId);

    public static MlflowException NotFound(string runId) =>
        MlflowException.Missing($"Run with id={runId} not found in this store. Check the tracking URI; SearchRuns lists the runs there are.");

    public static RunInfo ToInfo(DbDataReader row) => new(
        row.GetString(0), Text(row, 1), row.GetInt64(2).ToString(CultureInfo.InvariantCulture), Text(row, 3), SqlText.ToRunStatus(Text(row, 4)),
        SqlText.ToTime(Number(row, 5)), SqlText.ToTime(Number(row, 6)), SqlText.ToLifecycleStage(Text(row, 7)), Text(row, 8));

    /// <summary>A point as stored: <c>key, value, timestamp, step, is_nan</c>.</summary>
    public static Metric ToMetric(DbDataReader row) =>
        new(row.GetString(0), row.GetBoolean(4) ? double.NaN : row.GetDouble(1), Number(row, 2) ?? 0, row.GetInt64(3));

    public static Run Complete(SqlSession session, RunInfo info)
    {
        var metrics = session.Query("SELECT key, value, timestamp, step, is_nan FROM latest_metrics WHERE run_uuid = $1 ORDER BY key", ToMetric, info.RunId);
        var parameters = Pairs(session, "SELECT key, value FROM params WHERE run_uuid = $1 ORDER BY key", info.RunId);
        var tags = Pairs(session, "SELECT key, value FROM tags WHERE run_uuid = $1 ORDER BY key", info.RunId);
        if (info.RunName.Length == 0 && tags.TryGetValue(Context.SystemTags.RunName, out var name))
            info = info with { RunName = name };
        return new(info, new(metrics, parameters, tags), new(ReadInputs(session, info.RunId)));
    }

    private static List<DatasetInput> ReadInputs(SqlSession session, string runId) => session
        .Query(
            "SELECT i.input_uuid, d.name, d.digest, d.dataset_source_type, d.dataset_source, d.dataset_schema, d.dataset_profile "
            + "FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id "
            + "WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN' AND i.destination_id = $1 ORDER BY " + session.Dialect.InsertionOrder("i"),
            row => (Input: row.GetString(0), Dataset: new Dataset(
                row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6))),
            runId)
        .ConvertAll(found => new DatasetInput(
            found.Dataset, session.Query("SELECT name, value FROM input_tags WHERE input_uuid = $1", row => new InputTag(row.GetString(0), row.GetString(1)), found.Input)));

    private static Dictionary<string, string> Pairs(SqlSession session, string sql, string runId) =>
        session.Query(sql, row => (Key: row.GetString(0), Value: Text(row, 1)), runId).ToDictionary(pair => pair.Key, pair => pair.Value);

    private static string Text(DbDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetString(column);

    private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
