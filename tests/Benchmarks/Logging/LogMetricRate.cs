using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using MLflowSharp;

namespace Benchmarks;

/// <summary>
/// What <c>log_metric</c> costs the thread that calls it, with each kind of store; how many values a second reach the database; and how soon after its
/// start a process has logged. Beside MLflow for Python.
/// </summary>
internal sealed class LogMetricRate : IMeasurement
{
    private const int Calls = 300;
    private const int OurCalls = 20_000;
    private const int DurableValues = 200_000;

    /// <inheritdoc/>
    public string Name => "log";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Comparison>> RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("benchmarks-").FullName;
        try
        {
            var python = PythonPeer.Find("mlflow");
            using var server = python is null ? null : await TrackingServers.TheirsAsync(python);
            var comparisons = new List<Comparison>();
            comparisons.AddRange(await CallsAsync("into SQLite", $"sqlite:///{folder}/ours.db", $"sqlite:///{folder}/theirs.db", python, folder, rounds));
            comparisons.AddRange(await CallsAsync("into files", $"{folder}/ours", $"{folder}/theirs", python, folder, rounds));
            if (server is not null)
                comparisons.AddRange(await CallsAsync("to a server", server.Uri.OriginalString, server.Uri.OriginalString, python, folder, rounds));
            comparisons.Add(Durable(folder, rounds));
            comparisons.Add(Start(python, folder, rounds));
            return comparisons;
        }
        finally
        {
            Mlflow.SetTrackingUri("");
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Comparison>> CallsAsync(string where, string ours, string theirs, string? python, string folder, int rounds)
    {
        using var peer = python is null ? null : await PythonPeer.StartAsync(python, Checkout.Path("tests", "Benchmarks", "Logging", "log_metric.py"), theirs);
        Mlflow.SetTrackingUri(ours, Options(folder));
        var measured = new List<(double Median, double Tail)>();
        var answers = new List<JsonNode>();
        using (Mlflow.StartRun())
        {
            for (var round = 0; round <= rounds; round++)
            {
                measured.Add(Log(round * OurCalls));
                Mlflow.Flush();
                if (peer is not null)
                    answers.Add(await peer.AskAsync(Calls.ToString(CultureInfo.InvariantCulture)));
            }
        }

        Mlflow.SetTrackingUri("");
        var peerName = peer is null ? "MLflow for Python" : $"MLflow {peer.Greeting["mlflow"]}";
        return
        [
            new($"MLflow: log_metric {where}, µs of the caller", Spread.Of(measured.Skip(1).Select(times => times.Median)), peerName, Of("median"), Target: 2),
            new($"MLflow: the same, slowest of 100 calls, µs", Spread.Of(measured.Skip(1).Select(times => times.Tail)), peerName, Of("p99")),
        ];

        Spread? Of(string figure) => peer is null ? null : Spread.Of(answers.Skip(1).Select(answer => answer[figure]!.GetValue<double>()));
    }

    private static (double Median, double Tail) Log(int firstStep)
    {
        var times = new long[OurCalls];
        for (var i = 0; i < OurCalls; i++)
        {
            var began = Stopwatch.GetTimestamp();
            Mlflow.LogMetric("loss", 1.0 / (firstStep + i + 1), firstStep + i);
            times[i] = Stopwatch.GetTimestamp() - began;
        }

        Array.Sort(times);
        var microseconds = 1e6 / Stopwatch.Frequency;
        return (times[OurCalls / 2] * microseconds, times[OurCalls * 99 / 100] * microseconds);
    }

    /// <summary>Values that are in the database when the clock stops, one call each.</summary>
    private static Comparison Durable(string folder, int rounds)
    {
        var rates = new List<double>();
        Mlflow.SetTrackingUri($"sqlite:///{folder}/durable.db", Options(folder));
        for (var round = 0; round <= rounds; round++)
        {
            using var run = Mlflow.StartRun();
            var began = Stopwatch.GetTimestamp();
            for (var step = 0; step < DurableValues; step++)
                Mlflow.LogMetric("loss", 1.0 / (step + 1), step);
            Mlflow.Flush();
            rates.Add(DurableValues / Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        Mlflow.SetTrackingUri("");
        return new("MLflow: values a second, until they are in SQLite", Spread.Of(rates.Skip(1)), "", null, MoreIsBetter: true, Target: 100_000);
    }

    private static Comparison Start(string? python, string folder, int rounds)
    {
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            ours.Add(FirstMetric.Ours($"sqlite:///{folder}/first-ours-{round}.db"));
            if (python is not null)
                theirs.Add(FirstMetric.Theirs(python, $"sqlite:///{folder}/first-theirs-{round}.db"));
        }

        return new(
            "MLflow: start of a process to its first metric in a new database, s", Spread.Of(ours.Skip(1)), "MLflow for Python",
            python is null ? null : Spread.Of(theirs.Skip(1)), Target: 0.3);
    }

    private static MlflowClientOptions Options(string folder) => new() { DefaultArtifactRoot = $"{folder}/mlruns" };
}
