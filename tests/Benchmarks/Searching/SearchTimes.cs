using System.Diagnostics;
using MLflowSharp;

namespace Benchmarks;

/// <summary>How long questions to a database of 10,000 runs take, and a batch of 1,000 points, beside MLflow for Python on the same file.</summary>
internal sealed class SearchTimes : IMeasurement
{
    private const int Points = 100_000;

    private static readonly (string Name, string What, double Target, int? Expected)[] Questions =
    [
        ("top", "Of 10,000 runs the best 100 by a metric, ms", 100, 100),
        ("filter", "Of 10,000 runs those with a metric and a parameter, ms", 30, null),
        ("all", "All 10,000 runs with metrics, parameters and tags, ms", 300, ManyRuns.Count),
        ("history", "A metric of 100,000 points, ms", 100, Points),
        // Python's returns when the points are stored. Ours returns when they are in the journal: both are told, the call and until SQLite has the points.
        ("batch", "log_batch of 1,000 points: the call, which returns when the journal has them, ms", double.NaN, 1000),
        ("batch stored", "log_batch of 1,000 points: until they are stored in SQLite, ms", double.NaN, 1000),
    ];

    private int _step;

    /// <inheritdoc/>
    public string Name => "search";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Comparison>> RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("benchmarks-").FullName;
        try
        {
            var (file, options) = (Path.Combine(folder, "mlflow.db"), new MlflowClientOptions { DefaultArtifactRoot = $"{folder}/mlruns", DatabaseVersion = "3.17" });
            ManyRuns.Create(file, options, Points);
            using var client = new MlflowClient($"sqlite:///{file}", options);
            var (ourRun, theirRun) = (client.CreateRun("1").Info.RunId, client.CreateRun("1").Info.RunId);
            using var peer = PythonPeer.Find("mlflow") is { } python
                ? await PythonPeer.StartAsync(
                    python, Checkout.Path("tests", "Benchmarks", "Searching", "search_runs.py"), $"sqlite:///{file}", ManyRuns.HistoryRun, theirRun)
                : null;
            var peerName = peer is null ? "MLflow for Python" : $"MLflow {peer.Greeting["mlflow"]}";

            var table = new List<Comparison>();
            foreach (var (name, what, target, expected) in Questions)
            {
                var (ours, theirs) = (new List<double>(), new List<double>());
                for (var round = 0; round <= rounds; round++)
                {
                    var began = Stopwatch.GetTimestamp();
                    var count = Ask(client, name, ourRun);
                    ours.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    // Nothing of ours may still be written while the peer is measured.
                    client.Flush();
                    if (expected is { } right && count != right)
                        throw new InvalidOperationException($"Ours gave {count} to '{name}', not {right}.");
                    if (peer is null)
                        continue;
                    var answer = await peer.AskAsync(name);
                    theirs.Add(answer["seconds"]!.GetValue<double>() * 1000);
                    if (answer["count"]!.GetValue<int>() != count)
                        throw new InvalidOperationException($"To '{name}' ours gave {count}, Python {answer["count"]}.");
                }

                table.Add(new Comparison(
                    what, Spread.Of(ours.Skip(1)), peerName, peer is null ? null : Spread.Of(theirs.Skip(1)),
                    Target: double.IsNaN(target) ? peer is null ? null : Spread.Of(theirs.Skip(1)).Median / 10 : target));
            }

            return table;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private int Ask(MlflowClient client, string question, string batchRun)
    {
        switch (question)
        {
            case "top":
                return client.SearchRuns(["0"], orderBy: ["metrics.m0 DESC"], maxResults: 100).Count;
            case "filter":
                return client.SearchRuns(["0"], "metrics.m1 > 0.9 and params.p1 = 'v7'").Count;
            case "all":
                return client.SearchRuns(["0"], maxResults: 50_000).Count;
            case "history":
                return client.GetMetricHistory(ManyRuns.HistoryRun, "loss").Count;
            default:
                List<Metric> points = [.. Enumerable.Range(0, 1000).Select(key => new Metric($"b{key}", 0.5, 1, _step + key))];
                _step += points.Count;
                client.LogBatch(batchRun, points);
                if (question == "batch stored")
                    client.Flush();
                return points.Count;
        }
    }
}
