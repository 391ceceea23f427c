using System.Diagnostics;
using System.Globalization;
using MLflowSharp;

namespace Benchmarks;

/// <summary>How many values <c>log_metric</c> stores per second, one call each, in a new SQLite database, beside MLflow for Python.</summary>
internal sealed class LogMetricRate : IMeasurement
{
    private const int Calls = 300;

    /// <inheritdoc/>
    public string Name => "log";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Comparison>> RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("benchmarks-").FullName;
        try
        {
            using var peer = PythonPeer.Find("mlflow") is { } python
                ? await PythonPeer.StartAsync(
                    python, Checkout.Path("tests", "Benchmarks", "Logging", "log_metric.py"), $"sqlite:///{folder}/theirs.db")
                : null;
            Mlflow.SetTrackingUri($"sqlite:///{folder}/ours.db", new MlflowClientOptions { DefaultArtifactRoot = $"{folder}/mlruns" });
            using var run = Mlflow.StartRun();

            var (ours, theirs) = (new List<double>(), new List<double>());
            for (var round = 0; round <= rounds; round++)
            {
                ours.Add(Calls / Log(round * Calls));
                if (peer is not null)
                    theirs.Add(Calls / (await peer.AskAsync(Calls.ToString(CultureInfo.InvariantCulture)))["seconds"]!.GetValue<double>());
            }

            var peerName = peer is null ? "MLflow for Python" : $"MLflow {peer.Greeting["mlflow"]}";
            return
            [
                new Comparison(
                    "MLflow: log_metric into SQLite, calls per second", Spread.Of(ours.Skip(1)), peerName, peer is null ? null : Spread.Of(theirs.Skip(1)),
                    MoreIsBetter: true),
            ];
        }
        finally
        {
            Mlflow.SetTrackingUri("");
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Log(int firstStep)
    {
        var began = Stopwatch.GetTimestamp();
        for (var step = firstStep; step < firstStep + Calls; step++)
            Mlflow.LogMetric("loss", 1.0 / (step + 1), step);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
