using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Interop.Stores.Postgres;
using MLflowSharp;
using MLflowSharp.Server;

namespace Interop.Server;

/// <summary>Pages that stay open over a PostgreSQL database: answered from memory, and never with an old answer.</summary>
public sealed class PostgresPollingTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private TrackingServer? _server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    [Fact]
    public async Task Answers_come_from_memory_until_somebody_writes_and_then_the_curves_without_new_points()
    {
        // A server of its own: what others write into databases beside this one counts as written.
        var postgres = PostgresServer.StartAnother();
        try
        {
            var database = postgres.NewDatabase();
            using var other = new MlflowClient(database, new() { DatabaseVersion = "3.17", DefaultArtifactRoot = _folder.Combine("artifacts"), Journal = new() { Enabled = false } });
            var runs = Enumerable.Range(0, 3).Select(_ => other.CreateRun("0").Info.RunId).ToList();
            foreach (var run in runs)
                other.LogBatch(run, [new("loss", 0.5, 1, 1), new("loss", 0.25, 2, 2)], [], []);
            _server = await TrackingServer.StartAsync(new() { BackendStoreUri = database, ArtifactsDestination = _folder.Combine("served"), Port = 0 }, Cancellation);
            _http.BaseAddress = new(_server.TrackingUri);
            var (page, chart) = (await SearchAsync(), await ChartAsync(runs));

            // A search, the counts of points, three curves.
            var before = await CountAsync();
            Assert.Equal((page, chart), (await SearchAsync(), await ChartAsync(runs)));
            Assert.Equal((before.Made, before.Found + 5), await CountAsync());

            other.LogBatch(runs[1], [new("loss", 0.125, 0, -7)], [], []);
            before = await CountAsync();
            Assert.Contains("0.125", await ChartAsync(runs), StringComparison.Ordinal);
            Assert.Equal((before.Made + 2, before.Found + 2), await CountAsync());

            other.SetTag(runs[0], "by", "another program");
            Assert.Contains("another program", await SearchAsync(), StringComparison.Ordinal);
            using var logged = await _http.PostAsJsonAsync(
                new Uri("/api/2.0/mlflow/runs/log-metric", UriKind.Relative), new JsonObject { ["run_id"] = runs[2], ["key"] = "loss", ["value"] = 0.0625, ["timestamp"] = 9, ["step"] = 9 }, Cancellation);
            logged.EnsureSuccessStatusCode();
            Assert.Contains("0.0625", await SearchAsync(), StringComparison.Ordinal);
            Assert.Contains("0.0625", await ChartAsync(runs), StringComparison.Ordinal);
        }
        finally
        {
            await postgres.EndAsync();
        }
    }

    private async Task<string> SearchAsync()
    {
        using var answer = await _http.PostAsJsonAsync(new Uri("/ajax-api/2.0/mlflow/runs/search", UriKind.Relative), new JsonObject { ["experiment_ids"] = new JsonArray("0") }, Cancellation);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancellation);
    }

    private Task<string> ChartAsync(IEnumerable<string> runs) => _http.GetStringAsync(
        new Uri($"/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?{string.Concat(runs.Select(run => $"run_ids={run}&"))}metric_key=loss", UriKind.Relative), Cancellation);

    private async Task<(int Made, int Found)> CountAsync()
    {
        var lines = (await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancellation)).Split('\n');
        return (Of("store"), Of("memory"));

        int Of(string from) => int.Parse(lines.Single(line => line.StartsWith($"mlflow_polled_total{{from=\"{from}\"}} ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
