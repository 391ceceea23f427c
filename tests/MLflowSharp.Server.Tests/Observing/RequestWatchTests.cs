using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Observing;

/// <summary>What a running server tells of itself.</summary>
public sealed class RequestWatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _lines = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_request_is_a_line_of_JSON_without_its_query()
    {
        await using (var server = await StartAsync())
        {
            using var http = Client(server);
            await http.GetAsync(new Uri("/api/2.0/mlflow/experiments/get?experiment_id=0&secret=hidden", UriKind.Relative), TestContext.Current.CancellationToken);
            await http.GetAsync(new Uri("/nowhere", UriKind.Relative), TestContext.Current.CancellationToken);
            http.DefaultRequestHeaders.Authorization = null;
            await http.GetAsync(new Uri("/version", UriKind.Relative), TestContext.Current.CancellationToken);
        }

        Assert.Equal(
            [("GET", "/api/2.0/mlflow/experiments/get", 200), ("GET", "/nowhere", 404), ("GET", "/version", 401)],
            _lines.Select(line => JsonNode.Parse(line)!).Select(line => ((string)line["method"]!, (string)line["path"]!, (int)line["status"]!)));
        Assert.All(_lines, line => Assert.True((double)JsonNode.Parse(line)!["milliseconds"]! >= 0 && (string?)JsonNode.Parse(line)!["event"] == "request"));
        Assert.DoesNotContain(_lines, line => line.Contains("hidden", StringComparison.Ordinal) || line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Prometheus_reads_counts_durations_and_memory_with_the_token()
    {
        await using var server = await StartAsync();
        using var http = Client(server);
        foreach (var _ in Enumerable.Range(0, 3))
            await http.GetAsync(new Uri("/version", UriKind.Relative), TestContext.Current.CancellationToken);
        foreach (var _ in Enumerable.Range(0, 4))
            await http.PostAsync(new Uri("/api/2.0/mlflow/runs/search", UriKind.Relative), new StringContent("{}", new MediaTypeHeaderValue("application/json")), TestContext.Current.CancellationToken);
        using (var odd = new HttpRequestMessage(new("BREW"), "/version"))
            await http.SendAsync(odd, TestContext.Current.CancellationToken);

        using var answer = await http.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n');

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Contains("mlflow_http_request_total{method=\"GET\",status=\"200\"} 3", lines);
        Assert.Contains("mlflow_http_request_total{method=\"other\",status=\"405\"} 1", lines);
        Assert.Contains("mlflow_http_request_total{method=\"POST\",status=\"200\"} 4", lines);
        Assert.Contains("mlflow_http_request_duration_seconds_bucket{le=\"+Inf\"} 8", lines);
        Assert.Contains("mlflow_http_request_duration_seconds_count 8", lines);
        Assert.Contains("mlflow_polled_total{from=\"memory\"} 3", lines);
        Assert.Contains("mlflow_polled_total{from=\"store\"} 1", lines);
        Assert.Contains("mlflow_http_requests_in_flight 1", lines);
        Assert.Contains(lines, line => line.StartsWith("process_resident_memory_bytes ", StringComparison.Ordinal));

        http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_above_the_limit_is_refused_and_leaves_nothing(bool announced)
    {
        await using var server = await StartAsync(1000);
        using var http = Client(server);
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/2.0/mlflow-artifacts/artifacts/a/big.bin") { Content = new ByteArrayContent(new byte[1001]) };
        if (!announced)
            request.Headers.TransferEncodingChunked = true;

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Contains("REQUEST_LIMIT_EXCEEDED", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories), file => file.Contains("big", StringComparison.Ordinal));
        using var small = await http.PutAsync(new Uri("/api/2.0/mlflow-artifacts/artifacts/a/small.bin", UriKind.Relative), new ByteArrayContent(new byte[1000]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, small.StatusCode);
    }

    private static HttpClient Client(TrackingServer server) => new() { BaseAddress = new(server.TrackingUri), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "s3cret") } };

    private Task<TrackingServer> StartAsync(long? largest = null) => TrackingServer.StartAsync(
        new()
        {
            BackendStoreUri = _folder.TrackingUri,
            ArtifactsDestination = Path.Combine(_folder.FullName, "mlartifacts"),
            Port = 0,
            Token = "s3cret",
            MaxUploadBytes = largest,
            OnLog = _lines.Enqueue,
        },
        TestContext.Current.CancellationToken);
}
