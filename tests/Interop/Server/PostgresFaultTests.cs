using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Interop.Stores.Postgres;
using MLflowSharp.Server;

namespace Interop.Server;

/// <summary>A database server that stops and comes back under our tracking server. It fills a row of docs/tracking-faults.md.</summary>
public sealed class PostgresFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _faults = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_database_server_that_stops_is_told_of_and_used_again_when_it_is_back()
    {
        var postgres = PostgresServer.StartAnother();
        try
        {
            await using var server = await TrackingServer.StartAsync(
                new() { BackendStoreUri = postgres.NewDatabase(), ArtifactsDestination = _folder.Combine("served"), Port = 0, OnError = _faults.Enqueue }, Cancellation);
            using var http = new HttpClient { BaseAddress = new(server.TrackingUri) };
            var run = (string)(await AnswerAsync(http, "runs/create", new() { ["experiment_id"] = "0" })).Body["run"]!["info"]!["run_id"]!;
            for (var step = 0; step < 5; step++)
                Assert.Equal(HttpStatusCode.OK, (await LogAsync(http, run, step)).Status);

            await postgres.StopAsync();
            for (var step = 5; step < 10; step++)
                CheckRefused(await LogAsync(http, run, step));
            CheckRefused(await AnswerAsync(http, $"runs/get?run_id={run}"));
            CheckRefused(await AnswerAsync(http, "experiments/search?max_results=5"));
            Assert.Equal("OK", await http.GetStringAsync(new Uri("/health", UriKind.Relative), Cancellation));
            Assert.Equal(7, _faults.Count);

            await postgres.StartAgainAsync();
            for (var step = 10; step < 15; step++)
                Assert.Equal(HttpStatusCode.OK, (await LogAsync(http, run, step)).Status);
            var history = (await AnswerAsync(http, $"metrics/get-history?run_id={run}&metric_key=m")).Body["metrics"]!.AsArray();
            Assert.Equal([0, 1, 2, 3, 4, 10, 11, 12, 13, 14], history.Select(point => (int)point!["step"]!).Order());
            Assert.Equal(7, _faults.Count);
        }
        finally
        {
            await postgres.EndAsync();
        }
    }

    private static void CheckRefused((HttpStatusCode Status, JsonNode Body) answer)
    {
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "TEMPORARILY_UNAVAILABLE"), (answer.Status, (string?)answer.Body["error_code"]));
        Assert.StartsWith("The database 'postgresql://mlflow@127.0.0.1:", (string?)answer.Body["message"], StringComparison.Ordinal);
    }

    private static Task<(HttpStatusCode Status, JsonNode Body)> LogAsync(HttpClient http, string run, int step) =>
        AnswerAsync(http, "runs/log-metric", new() { ["run_id"] = run, ["key"] = "m", ["value"] = step, ["timestamp"] = step, ["step"] = step });

    private static async Task<(HttpStatusCode Status, JsonNode Body)> AnswerAsync(HttpClient http, string path, JsonObject? body = null)
    {
        var address = new Uri($"/api/2.0/mlflow/{path}", UriKind.Relative);
        using var answer = body is null ? await http.GetAsync(address, Cancellation) : await http.PostAsJsonAsync(address, body, Cancellation);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!);
    }
}
