using System.Data.Common;
using System.Globalization;

namespace MLflowSharp.Stores.Sql;

/// <summary>Reads runs with everything they logged: one statement for each kind of thing, however many runs there are.</summary>
internal sealed class RunReader(SqlSession session, SchemaColumns columns)
{
    public const string Columns = "r.run_uuid, r.name, r.experiment_id, r.user_id, r.status, r.start_time, r.end_time, r.lifecycle_stage, r.artifact_uri";

    private const int ManyRuns = 500;

    public Run Read(string runId) =>
        session.Query($"SELECT {Columns} FROM runs r WHERE r.run_uuid = $1", ToInfo, runId) is [var info]
            ? Complete([info])[0]
            : throw NotFound(runId);

    public static MlflowException NotFound(string runId) =>
        MlflowException.Missing($"Run with id={runId} not found in this store. Check the tracking URI; SearchRuns lists the runs there are.");

    public static RunInfo ToInfo(DbDataReader row) => new(
        row.GetString(0), Text(row, 1), row.GetInt64(2).ToString(CultureInfo.InvariantCulture), Text(row, 3), SqlText.ToRunStatus(Text(row, 4)),
        SqlText.ToTime(Number(row, 5)), SqlText.ToTime(Number(row, 6)), SqlText.ToLifecycleStage(Text(row, 7)), Text(row, 8));

    /// <summary>Adds what the runs logged.</summary>
    public IReadOnlyList<Run> Complete(IReadOnlyList<RunInfo> infos)
    {
        if (infos.Count == 0)
            return [];
        // For a good part of all runs, reading the tables from one end to the other is faster than looking up each run.
        var all = infos.Count >= ManyRuns && infos.Count * 2 >= session.Number("SELECT count(*) FROM runs");
        var chosen = all ? Chosen.All : infos is [var one] ? new Chosen(column => $"{column} = $1", [one.RunId])
            : new Chosen(column => session.Dialect.In(column, "$1"), [session.Dialect.TextList([.. infos.Select(info => info.RunId)])]);
        var runs = infos.ToDictionary(info => info.RunId, info => new RunBuilder(info));
        ReadRows(
            "latest_metrics", "key, value, timestamp, step, is_nan",
            row => new Metric(row.Text(1), row.Truth(5) ? double.NaN : row.Real(2), row.Whole(3), row.Whole(4)), (run, size) => run.Metrics(size), runs, chosen);
        ReadRows("params", "key, value", Pair, (run, size) => run.Params(size), runs, chosen);
        ReadRows("tags", "key, value", Pair, (run, size) => run.Tags(size), runs, chosen);
        ReadInputs(runs, chosen);
        if (columns.Has("inputs", "step"))
            ReadModels(runs, chosen);
        return [.. infos.Select(info => runs[info.RunId].Build())];
    }

    private void ReadRows<T>(
        string table, string selected, Func<SqlRow, T> read, Func<RunBuilder, int, List<T>> listOf, Dictionary<string, RunBuilder> runs, Chosen chosen)
    {
        var (owner, list, size) = ((string?)null, (List<T>?)null, 0);
        session.ForEachRow(
            $"SELECT run_uuid, {selected} FROM {table} WHERE {chosen.Among("run_uuid")}",
            row =>
            {
                // The rows of a run mostly stand together, and a run mostly has as many as the one before.
                var current = row.Text(0);
                if (!ReferenceEquals(current, owner))
                {
                    size = list?.Count ?? size;
                    owner = current;
                    list = runs.TryGetValue(current, out var run) ? listOf(run, size) : null;
                }

                list?.Add(read(row));
            },
            chosen.Values);
    }

    private void ReadInputs(Dictionary<string, RunBuilder> runs, Chosen chosen)
    {
        var tags = new Dictionary<string, List<InputTag>>();
        session.ForEach(
            "SELECT i.destination_id, i.input_uuid, d.name, d.digest, d.dataset_source_type, d.dataset_source, d.dataset_schema, d.dataset_profile "
            + "FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id "
            + $"WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN' AND {chosen.Among("i.destination_id")} ORDER BY {session.Dialect.InsertionOrder("i")}",
            row =>
            {
                var dataset = new Dataset(row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), TextOrNull(row, 6), TextOrNull(row, 7));
                runs.GetValueOrDefault(row.GetString(0))?.Add(new DatasetInput(dataset, tags[row.GetString(1)] = []));
            },
            chosen.Values);
        if (tags.Count > 0)
        {
            session.ForEach(
                "SELECT t.input_uuid, t.name, t.value FROM input_tags t JOIN inputs i ON i.input_uuid = t.input_uuid "
                + $"WHERE i.destination_type = 'RUN' AND {chosen.Among("i.destination_id")}",
                row => tags.GetValueOrDefault(row.GetString(0))?.Add(new InputTag(row.GetString(1), row.GetString(2))),
                chosen.Values);
        }
    }

    private void ReadModels(Dictionary<string, RunBuilder> runs, Chosen chosen) => session.ForEach(
        "SELECT i.source_id, i.source_type, i.destination_id, i.step FROM inputs i "
        + "WHERE i.source_type IN ('RUN_INPUT', 'RUN_OUTPUT') AND i.destination_type IN ('MODEL_INPUT', 'MODEL_OUTPUT') "
        + $"AND {chosen.Among("i.source_id")} ORDER BY {session.Dialect.InsertionOrder("i")}",
        row =>
        {
            var run = runs.GetValueOrDefault(row.GetString(0));
            if (row.GetString(1) == "RUN_INPUT")
                run?.Add(new LoggedModelInput(row.GetString(2)));
            else
                run?.Add(new LoggedModelOutput(row.GetString(2), row.GetInt64(3)));
        },
        chosen.Values);

    private static KeyValuePair<string, string> Pair(SqlRow row) => new(row.Text(1), row.Text(2));

    private static string Text(DbDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetString(column);

    private static string? TextOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    /// <summary>Which rows are read.</summary>
    /// <param name="Among">The condition on the column that names a run.</param>
    /// <param name="Values">Its parameters.</param>
    private sealed record Chosen(Func<string, string> Among, object?[] Values)
    {
        /// <summary>All: those of runs that are not wanted are passed over.</summary>
        public static readonly Chosen All = new(_ => "TRUE", []);
    }
}
