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
        var ids = session.Dialect.TextList([.. infos.Select(info => info.RunId)]);
        // For a good part of all runs, reading the tables from one end to the other is faster than looking up each run.
        var all = infos.Count >= ManyRuns && infos.Count * 2 >= session.Number("SELECT count(*) FROM runs");
        var metrics = Group(
            "latest_metrics", "run_uuid", "key, value, timestamp, step, is_nan",
            (row, keys) => new Metric(keys.Read(row, 1), row.GetBoolean(5) ? double.NaN : row.GetDouble(2), Number(row, 3) ?? 0, row.GetInt64(4)), ids, all);
        var parameters = Group("params", "run_uuid", "key, value", Pair, ids, all);
        var tags = Group("tags", "run_uuid", "key, value", Pair, ids, all);
        var inputs = ReadInputs(ids);
        var (modelInputs, modelOutputs) = ReadModels(ids);
        return [.. infos.Select(Assemble)];

        Run Assemble(RunInfo info)
        {
            var ownMetrics = metrics.GetValueOrDefault(info.RunId, []);
            Sort(ownMetrics, metric => metric.Key);
            var ownTags = ToDictionary(tags.GetValueOrDefault(info.RunId));
            // Runs of MLflow before 1.30 have their name only as a tag.
            if (info.RunName.Length == 0 && ownTags.TryGetValue(Context.SystemTags.RunName, out var name))
                info = info with { RunName = name };
            return new(
                info,
                new(ownMetrics, ToDictionary(parameters.GetValueOrDefault(info.RunId)), ownTags),
                new(inputs.GetValueOrDefault(info.RunId, [])) { ModelInputs = modelInputs.GetValueOrDefault(info.RunId, []) })
            {
                Outputs = new(modelOutputs.GetValueOrDefault(info.RunId, [])),
            };
        }
    }

    private Dictionary<string, List<DatasetInput>> ReadInputs(object ids)
    {
        var of = session.Dialect.In("i.destination_id", "$1");
        var tags = new Dictionary<string, List<InputTag>>();
        var found = new Dictionary<string, List<DatasetInput>>();
        session.ForEach(
            "SELECT i.destination_id, i.input_uuid, d.name, d.digest, d.dataset_source_type, d.dataset_source, d.dataset_schema, d.dataset_profile "
            + $"FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN' AND {of} "
            + $"ORDER BY {session.Dialect.InsertionOrder("i")}",
            row =>
            {
                var dataset = new Dataset(row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), TextOrNull(row, 6), TextOrNull(row, 7));
                var own = tags[row.GetString(1)] = [];
                Add(found, row.GetString(0), new DatasetInput(dataset, own));
            },
            ids);
        if (found.Count > 0)
        {
            session.ForEach(
                $"SELECT t.input_uuid, t.name, t.value FROM input_tags t JOIN inputs i ON i.input_uuid = t.input_uuid WHERE i.destination_type = 'RUN' AND {of}",
                row => tags.GetValueOrDefault(row.GetString(0))?.Add(new InputTag(row.GetString(1), row.GetString(2))),
                ids);
        }

        return found;
    }

    private (Dictionary<string, List<LoggedModelInput>> Inputs, Dictionary<string, List<LoggedModelOutput>> Outputs) ReadModels(object ids)
    {
        var (inputs, outputs) = (new Dictionary<string, List<LoggedModelInput>>(), new Dictionary<string, List<LoggedModelOutput>>());
        if (columns.Has("inputs", "step"))
        {
            session.ForEach(
                "SELECT i.source_id, i.source_type, i.destination_id, i.step FROM inputs i "
                + "WHERE i.source_type IN ('RUN_INPUT', 'RUN_OUTPUT') AND i.destination_type IN ('MODEL_INPUT', 'MODEL_OUTPUT') "
                + $"AND {session.Dialect.In("i.source_id", "$1")} ORDER BY {session.Dialect.InsertionOrder("i")}",
                row =>
                {
                    if (row.GetString(1) == "RUN_INPUT")
                        Add(inputs, row.GetString(0), new LoggedModelInput(row.GetString(2)));
                    else
                        Add(outputs, row.GetString(0), new LoggedModelOutput(row.GetString(2), row.GetInt64(3)));
                },
                ids);
        }

        return (inputs, outputs);
    }

    private Dictionary<string, List<T>> Group<T>(
        string table, string owner, string selected, Func<DbDataReader, RepeatedText, T> read, object ids, bool all)
    {
        var (owners, keys) = (new RepeatedText(), new RepeatedText());
        var groups = new Dictionary<string, List<T>>();
        var (lastOwner, group) = ("", new List<T>());
        session.ForEach(
            $"SELECT {owner}, {selected} FROM {table}{(all ? "" : $" WHERE {session.Dialect.In(owner, "$1")}")}",
            row =>
            {
                // The rows of a run mostly stand together.
                var current = owners.Read(row, 0);
                if (!ReferenceEquals(current, lastOwner))
                {
                    lastOwner = current;
                    if (!groups.TryGetValue(current, out var known))
                        groups.Add(current, known = []);
                    group = known;
                }

                group.Add(read(row, keys));
            },
            all ? [] : [ids]);
        return groups;
    }

    private static KeyValuePair<string, string> Pair(DbDataReader row, RepeatedText keys) => new(keys.Read(row, 1), Text(row, 2));

    private static void Add<T>(Dictionary<string, List<T>> groups, string key, T item)
    {
        if (!groups.TryGetValue(key, out var group))
            groups.Add(key, group = []);
        group.Add(item);
    }

    private static Dictionary<string, string> ToDictionary(List<KeyValuePair<string, string>>? pairs)
    {
        if (pairs is null)
            return [];
        Sort(pairs, pair => pair.Key);
        return new(pairs);
    }

    private static void Sort<T>(List<T> items, Func<T, string> key)
    {
        for (var i = 1; i < items.Count; i++)
        {
            if (string.CompareOrdinal(key(items[i - 1]), key(items[i])) > 0)
            {
                items.Sort((one, other) => string.CompareOrdinal(key(one), key(other)));
                return;
            }
        }
    }

    private static string Text(DbDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetString(column);

    private static string? TextOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
