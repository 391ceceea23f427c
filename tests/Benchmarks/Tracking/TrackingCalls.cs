using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Benchmarks;

/// <summary>The calls of a tracking server that are timed, over a bare HTTP client, so that both servers have the same one.</summary>
internal sealed class TrackingCalls : IDisposable
{
    private const string Api = "api/2.0/mlflow";
    private const int BatchSize = 1000;

    private readonly HttpClient _http;
    private string _run = "";
    private int _step;

    /// <param name="server">Where the server listens.</param>
    public TrackingCalls(Uri server) => _http = new() { BaseAddress = server, Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>What is timed: how often in a round, how much faster than the peer's it is to be, or the milliseconds that it may take.</summary>
    public static IReadOnlyList<(string What, int Count, double? Factor, double? Limit)> Subjects { get; } =
    [
        ("runs/log-metric", 100, 20, null),
        ("runs/get", 100, 20, null),
        ("runs/create", 100, 20, null),
        ("experiments/search", 100, 20, null),
        ("runs/log-batch of 1,000 metrics", 10, 10, null),
        ("runs/search, 100 runs", 20, 10, null),
        ("metrics/get-history, 1,000 points", 20, 10, null),
        ("runs/search, the best 100 of 10,000 by a metric", 3, null, 100),
        ("a chart of 320 out of a million points", 3, null, 200),
    ];

    /// <summary>Makes the run that the calls are about.</summary>
    public async Task PrepareAsync()
    {
        _run = await CreateRunAsync();
        await LogBatchAsync("history");
    }

    /// <summary>Times a call, in milliseconds: the median of as often as its round has, after a third as many that do not count.</summary>
    /// <param name="subject">Its place among <see cref="Subjects"/>.</param>
    public async Task<double> TimeAsync(int subject)
    {
        var count = Subjects[subject].Count;
        var times = new List<double>();
        for (var call = 0; call < count + (count / 3); call++)
        {
            var began = Stopwatch.GetTimestamp();
            await CallAsync(subject, call);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return Spread.Of(times.Skip(count / 3)).Median;
    }

    /// <summary>Makes a run and gives its identifier.</summary>
    public async Task<string> CreateRunAsync() =>
        (await PostAsync("runs/create", new JsonObject { ["experiment_id"] = "1", ["start_time"] = Now() }))["run"]!["info"]!["run_id"]!.GetValue<string>();

    /// <summary>Logs one value.</summary>
    public async Task LogMetricAsync(string run, int step) =>
        await PostAsync("runs/log-metric", new JsonObject { ["run_id"] = run, ["key"] = "loss", ["value"] = 1.0 / (step + 1), ["timestamp"] = Now(), ["step"] = step });

    public void Dispose() => _http.Dispose();

    private async Task CallAsync(int subject, int call)
    {
        switch (subject)
        {
            case 0:
                await LogMetricAsync(_run, _step++);
                break;
            case 1:
                Expect(1, (await GetAsync($"{Api}/runs/get?run_id={new string('0', 32)}"))["run"]!["data"]!["metrics"]!.AsArray().Count / 10);
                break;
            case 2:
                await CreateRunAsync();
                break;
            case 3:
                Expect(2, (await PostAsync("experiments/search", new JsonObject { ["max_results"] = 100 }))["experiments"]!.AsArray().Count);
                break;
            case 4:
                await LogBatchAsync("batch");
                break;
            case 5:
                Expect(100, await SearchAsync(new JsonObject { ["experiment_ids"] = new JsonArray("0"), ["max_results"] = 100 }));
                break;
            case 6:
                Expect(BatchSize, (await GetAsync($"{Api}/metrics/get-history?run_id={_run}&metric_key=history"))["metrics"]!.AsArray().Count);
                break;
            case 7:
                Expect(100, await SearchAsync(new JsonObject { ["experiment_ids"] = new JsonArray("0"), ["order_by"] = new JsonArray("metrics.m0 DESC"), ["max_results"] = 100 }));
                break;
            default:
                // Another number each time: what a server remembers of a chart is not to be measured.
                var points = 320 + call;
                var chart = await GetAsync(string.Create(
                    CultureInfo.InvariantCulture, $"ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids={ManyRuns.HistoryRun}&metric_key=loss&max_results={points}"));
                Expect(1, chart["metrics"]!.AsArray().Count / 320);
                break;
        }
    }

    private async Task LogBatchAsync(string key)
    {
        var metrics = new JsonArray();
        for (var point = 0; point < BatchSize; point++)
            metrics.Add((JsonNode)new JsonObject { ["key"] = key, ["value"] = 0.5, ["timestamp"] = Now(), ["step"] = _step++ });
        await PostAsync("runs/log-batch", new JsonObject { ["run_id"] = _run, ["metrics"] = metrics });
    }

    private async Task<int> SearchAsync(JsonObject search) => (await PostAsync("runs/search", search))["runs"]!.AsArray().Count;

    private async Task<JsonNode> PostAsync(string call, JsonObject body) => await ReadAsync(await _http.PostAsJsonAsync($"{Api}/{call}", body));

    private async Task<JsonNode> GetAsync(string path) => await ReadAsync(await _http.GetAsync(new Uri(path, UriKind.Relative)));

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new HttpRequestException($"{answer.RequestMessage!.RequestUri} was answered {(int)answer.StatusCode}: {text}");
        }
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private static void Expect(int expected, int found)
    {
        if (found != expected)
            throw new InvalidOperationException($"The server answered {found} where there are {expected}.");
    }
}
