using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using MLflowSharp;

namespace Benchmarks;

/// <summary>MLflow's page of charts, open over the runs of a class: what it asks for each half minute.</summary>
internal static class OpenPage
{
    /// <summary>How many runs it shows.</summary>
    public const int Runs = 30;

    /// <summary>How many charts of them.</summary>
    public const int Charts = 6;

    private const int Points = 1000;
    private const int Shown = 320;

    // The default experiment and that of the long metric are there before.
    private const string Experiment = "2";

    /// <summary>A run that goes on.</summary>
    public static string LiveRun { get; } = IdOf(0);

    /// <summary>The calls, in the order in which the page makes them.</summary>
    public static IReadOnlyList<TrackingCall> Calls { get; } =
    [
        new("ajax-api/2.0/mlflow/runs/search", new() { ["experiment_ids"] = new JsonArray(Experiment), ["max_results"] = 100, ["order_by"] = new JsonArray("attributes.start_time DESC") }, answer => answer["runs"]!.AsArray().Count == Runs),
        .. Enumerable.Range(0, Charts).Select(chart => new TrackingCall(
            string.Create(CultureInfo.InvariantCulture, $"ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?{string.Concat(Enumerable.Range(0, Runs).Select(run => $"run_ids={IdOf(run)}&"))}metric_key={KeyOf(chart)}&max_results={Shown}"),
            Expected: answer => answer["metrics"]!.AsArray().Count is >= Runs * Shown and <= Runs * (Shown + 10))),
    ];

    /// <summary>Adds the runs to a database.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="options">Settings of the client that made it.</param>
    public static void Create(string path, MlflowClientOptions options)
    {
        using var client = new MlflowClient($"sqlite:///{path}", options);
        if (client.CreateExperiment("class") is var id && id != Experiment)
            throw new InvalidOperationException($"The experiment has the identifier {id}, where the calls expect {Experiment}.");
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var insert = connection.CreateCommand();
        insert.CommandText = FormattableString.Invariant($"""
            WITH RECURSIVE run(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM run WHERE n < {Runs - 1})
            INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, source_version, lifecycle_stage, artifact_uri, experiment_id)
            SELECT printf('c%031x', n), 'run-' || n, 'UNKNOWN', '', '', 'someone', 'RUNNING', 1700000000000 + n, '', 'active', '/nowhere', {Experiment} FROM run;
            WITH RECURSIVE step(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM step WHERE n < {Points - 1}), chart(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM chart WHERE n < {Charts - 1})
            INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
            SELECT CASE chart.n WHEN 0 THEN 'loss' ELSE 'page' || chart.n END, 1.0 / (step.n + 1), 1700000000000 + step.n, run_uuid, step.n, 0 FROM step, chart, runs WHERE experiment_id = {Experiment};
            INSERT INTO latest_metrics (key, value, timestamp, run_uuid, step, is_nan)
            SELECT key, value, timestamp, run_uuid, step, is_nan FROM metrics WHERE step = {Points - 1} AND run_uuid IN (SELECT run_uuid FROM runs WHERE experiment_id = {Experiment});
            """);
        insert.ExecuteNonQuery();
    }

    // What logs a metric of a run logs its loss.
    private static string KeyOf(int chart) => chart == 0 ? "loss" : string.Create(CultureInfo.InvariantCulture, $"page{chart}");

    private static string IdOf(int run) => "c" + run.ToString("x31", CultureInfo.InvariantCulture);
}
