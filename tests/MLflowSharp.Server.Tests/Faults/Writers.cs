using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MLflowSharp.Server.Tests.Faults;

/// <summary>Programs that log to a server by bare requests, without a client that would repeat them, and remember what was acknowledged.</summary>
/// <param name="uri">The server.</param>
internal sealed class Writers(string uri) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = new(uri), Timeout = TimeSpan.FromSeconds(60) };
    private readonly ConcurrentDictionary<string, int> _codes = [];
    private int _refused;

    /// <summary>How many requests were answered with an error.</summary>
    public int Refused => _refused;

    /// <summary>The error codes of these answers.</summary>
    public ICollection<string> Codes => _codes.Keys;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public HttpClient Http => _http;

    public async Task<JsonNode> PostAsync(string path, JsonNode body)
    {
        using var answer = await _http.PostAsJsonAsync($"/api/2.0/mlflow/{path}", body, Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task<string> RunAsync() => (string)(await PostAsync("runs/create", new JsonObject { ["experiment_id"] = "0", ["start_time"] = 1 }))["run"]!["info"]!["run_id"]!;

    /// <summary>Logs one value after the other, in turn alone and three in a batch, each once, until told to stop.</summary>
    /// <param name="run">The run.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="stop">Whether to stop before a value.</param>
    /// <returns>The steps whose requests were answered with 200.</returns>
    public async Task<List<long>> LogAsync(string run, string metric, Func<long, bool> stop)
    {
        var acknowledged = new List<long>();
        for (long step = 0; !stop(step);)
        {
            var steps = step % 4 == 0 ? new[] { step } : [step, step + 1, step + 2];
            var sent = steps.Length == 1
                ? ("log-metric", new JsonObject { ["run_id"] = run, ["key"] = metric, ["value"] = step, ["timestamp"] = step + 1, ["step"] = step })
                : ("log-batch", new JsonObject
                {
                    ["run_id"] = run,
                    ["metrics"] = new JsonArray([.. steps.Select(one => new JsonObject { ["key"] = metric, ["value"] = one, ["timestamp"] = one + 1, ["step"] = one })]),
                    ["params"] = new JsonArray(new JsonObject { ["key"] = $"{metric}-{step}", ["value"] = $"{step}" }),
                });
            step += steps.Length;
            try
            {
                using var answer = await _http.PostAsJsonAsync($"/api/2.0/mlflow/runs/{sent.Item1}", sent.Item2, Cancellation);
                if (answer.StatusCode == HttpStatusCode.OK)
                    acknowledged.AddRange(steps);
                else
                    await RefusedAsync(answer);
            }
            catch (HttpRequestException)
            {
                // The server is away; what was sent may be there or not.
                await Task.Delay(5, Cancellation);
            }
        }

        return acknowledged;
    }

    private async Task RefusedAsync(HttpResponseMessage answer)
    {
        Interlocked.Increment(ref _refused);
        _codes[(string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!["error_code"] ?? ""] = 0;
    }

    /// <summary>Checks that each acknowledged value is there once, with its parameter, and that nothing else than what was sent is.</summary>
    /// <returns>How many values there are.</returns>
    public async Task<int> CheckAsync(string run, string metric, List<long> acknowledged)
    {
        var found = new List<long>();
        for (var token = ""; token is not null;)
        {
            var page = JsonNode.Parse(await _http.GetStringAsync(new Uri($"/api/2.0/mlflow/metrics/get-history?run_id={run}&metric_key={metric}&max_results=5000&page_token={token}", UriKind.Relative), Cancellation))!;
            foreach (var point in page["metrics"]?.AsArray() ?? [])
            {
                Assert.Equal((double)point!["value"]!, (double)point["step"]!);
                found.Add((long)point["step"]!);
            }

            token = (string?)page["next_page_token"];
        }

        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.Empty(acknowledged.Except(found));
        var run1 = JsonNode.Parse(await _http.GetStringAsync(new Uri($"/api/2.0/mlflow/runs/get?run_id={run}", UriKind.Relative), Cancellation))!["run"]!;
        var parameters = (run1["data"]!["params"]?.AsArray() ?? []).Select(param => (string)param!["key"]!).ToHashSet();
        // A batch of three: all of it or nothing.
        foreach (var first in found.Where(step => step % 4 == 1))
            Assert.True(parameters.Contains($"{metric}-{first}") && found.Contains(first + 1) && found.Contains(first + 2), $"Of the batch of step {first} a part is missing.");
        return found.Count;
    }

    public void Dispose() => _http.Dispose();
}
