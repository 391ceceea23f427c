using System.Globalization;
using Microsoft.Data.Sqlite;
using MLflowSharp;

namespace Benchmarks;

/// <summary>A database of 10,000 runs, each with 10 metrics, 10 parameters and 5 tags, and one run with a long metric.</summary>
internal static class ManyRuns
{
    /// <summary>How many runs there are, the one with the long metric not counted.</summary>
    public const int Count = 10_000;

    /// <summary>Identifier of the run with the long metric, which is in an experiment of its own.</summary>
    public const string HistoryRun = "ffffffffffffffffffffffffffffffff";

    /// <summary>Writes the database: the tables through the client, the rows in one go, because only reading them is to be measured.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="options">Settings of the client that makes it.</param>
    /// <param name="points">How many points the metric <c>loss</c> of <see cref="HistoryRun"/> has.</param>
    public static void Create(string path, MlflowClientOptions options, int points)
    {
        string other;
        using (var client = new MlflowClient($"sqlite:///{path}", options))
            other = client.CreateExperiment("history");
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var run = Command(
            "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time, source_version, lifecycle_stage, artifact_uri, experiment_id) "
            + "VALUES ($1, $2, 'UNKNOWN', '', '', 'someone', 'FINISHED', $3, $3, '', 'active', '/nowhere', $4)", 4);
        using var param = Command("INSERT INTO params (key, value, run_uuid) VALUES ($1, $2, $3)", 3);
        using var tag = Command("INSERT INTO tags (key, value, run_uuid) VALUES ($1, $2, $3)", 3);
        using var metric = Command("INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ($1, $2, $3, $4, $5, 0)", 5);
        using var latest = Command("INSERT INTO latest_metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ($1, $2, $3, $4, $5, 0)", 5);
        var random = new Random(1);
        for (var number = 0; number < Count; number++)
        {
            var id = number.ToString("x32", CultureInfo.InvariantCulture);
            Execute(run, id, $"run-{number}", 1_700_000_000_000 + number, 0);
            for (var key = 0; key < 10; key++)
            {
                var value = random.NextDouble();
                Execute(metric, $"m{key}", value, 1_700_000_000_000, id, 1);
                Execute(latest, $"m{key}", value, 1_700_000_000_000, id, 1);
                Execute(param, $"p{key}", $"v{random.Next(20)}", id);
                if (key < 5)
                    Execute(tag, $"t{key}", $"tag value {random.Next(20)}", id);
            }

            Execute(tag, "mlflow.runName", $"run-{number}", id);
        }

        Execute(run, HistoryRun, "history", 1_700_000_000_000, long.Parse(other, CultureInfo.InvariantCulture));
        for (var step = 0; step < points; step++)
            Execute(metric, "loss", 1.0 / (step + 1), 1_700_000_000_000 + step, HistoryRun, step);
        Execute(latest, "loss", 1.0 / points, 1_700_000_000_000 + points - 1, HistoryRun, points - 1);
        transaction.Commit();

        SqliteCommand Command(string sql, int parameters)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            for (var number = 1; number <= parameters; number++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${number}" });
            return command;
        }

        static void Execute(SqliteCommand command, params ReadOnlySpan<object> values)
        {
            for (var index = 0; index < values.Length; index++)
                command.Parameters[index].Value = values[index];
            command.ExecuteNonQuery();
        }
    }
}
