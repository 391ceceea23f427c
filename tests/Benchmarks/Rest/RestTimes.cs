using System.Diagnostics;
using System.Globalization;
using MLflowSharp;

namespace Benchmarks;

/// <summary>Calls over HTTP, beside MLflow for Python's client, both to the same real server. The server's own time is in both.</summary>
internal sealed class RestTimes : IMeasurement
{
    private const int Runs = 1000;

    private static readonly (string Name, int Count, string What)[] Subjects =
    [
        ("metric", 50, "MLflow server: log_metric, ms a call"),
        ("batch", 3, "MLflow server: log_batch of 1,000 metrics, ms a call"),
        ("search", 2, "MLflow server: search of 1,000 runs, ms a call"),
    ];

    private int _step;

    /// <inheritdoc/>
    public string Name => "rest";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Comparison>> RunAsync(int rounds)
    {
        var python = PythonPeer.Find("mlflow");
        if (python is null)
        {
            await Console.Error.WriteLineAsync("No Python with MLflow: there is no server to measure. environment/python says how to make one.");
            return [];
        }

        using var server = await TrackingServers.TheirsAsync(python);
        // Each call goes to the server, as the peer's do.
        using var client = new MlflowClient(server.Uri.OriginalString, new MlflowClientOptions { Journal = new() { Enabled = false } });
        var experiment = await client.CreateExperimentAsync("benchmark");
        for (var i = 0; i < Runs; i++)
        {
            var seeded = (await client.CreateRunAsync(experiment, runName: $"run {i}")).Info.RunId;
            await client.LogBatchAsync(seeded, [new("accuracy", i / (double)Runs, 1), new("loss", 1.0 / (i + 1), 1)], [new("seeded", "yes"), new("lr", $"{i}")]);
        }

        var run = (await client.CreateRunAsync(experiment)).Info.RunId;
        using var peer = await PythonPeer.StartAsync(python, Checkout.Path("tests", "Benchmarks", "Rest", "rest_calls.py"), server.Uri.OriginalString, experiment);
        var comparisons = new List<Comparison>();
        foreach (var (name, count, what) in Subjects)
        {
            var (ours, theirs) = (new List<double>(), new List<double>());
            for (var round = 0; round <= rounds; round++)
            {
                ours.Add(await TimeAsync(client, experiment, run, name, count));
                theirs.Add((await peer.AskAsync(string.Create(CultureInfo.InvariantCulture, $"{name} {count}")))["seconds"]!.GetValue<double>() * 1000 / count);
            }

            comparisons.Add(new(what, Spread.Of(ours.Skip(1)), $"MLflow {peer.Greeting["mlflow"]}", Spread.Of(theirs.Skip(1))));
        }

        return comparisons;
    }

    private async Task<double> TimeAsync(MlflowClient client, string experiment, string run, string name, int count)
    {
        var began = Stopwatch.GetTimestamp();
        for (var call = 0; call < count; call++)
        {
            switch (name)
            {
                case "metric":
                    await client.LogMetricAsync(run, "loss", 1.0 / (_step + 1), step: _step++);
                    break;
                case "batch":
                    var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
                    await client.LogBatchAsync(run, [.. Enumerable.Range(_step, 1000).Select(step => new Metric("batch", 0.5, now, step))]);
                    _step += 1000;
                    break;
                default:
                    var found = await client.SearchRunsAsync([experiment], "params.seeded = 'yes'", maxResults: Runs);
                    if (found.Count != Runs)
                        throw new InvalidOperationException($"The server found {found.Count} runs instead of {Runs}.");
                    break;
            }
        }

        return Stopwatch.GetElapsedTime(began).TotalMilliseconds / count;
    }
}
