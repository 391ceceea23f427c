using System.Diagnostics;
using System.Globalization;
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
        ("runs/log-metric", 300, 20, null),
        ("runs/get", 300, 20, null),
        ("runs/create", 300, 20, null),
        ("experiments/search", 300, 20, null),
        ("runs/log-batch of 1,000 metrics", 45, 10, null),
        ("runs/search, 100 runs", 45, 10, null),
        ("metrics/get-history, 1,000 points", 45, 10, null),
        ("runs/search, the best 100 of 10,000 by a metric", 3, null, 100),
        ("a chart of 320 out of a million points", 3, null, 200),
        ($"an open page of {OpenPage.Runs} runs and {OpenPage.Charts} charts, while one of them goes on", 3, null, null),
        ("the same page, when nothing has changed", 3, null, null),
    ];

    /// <summary>Makes the run that the calls are about.</summary>
    public async Task PrepareAsync()
    {
        _run = await CreateRunAsync();
        await AskAsync(NewBatch("history"));
    }

    /// <summary>
    /// Times a call, in milliseconds, from the request to the last byte of the answer, or the calls of a page, one after another: the median of as often as
    /// its round has, after a third as many that do not count. What the answers say is looked at, too, but not in that time.
    /// </summary>
    /// <param name="subject">Its place among <see cref="Subjects"/>.</param>
    public async Task<double> TimeAsync(int subject)
    {
        var count = Subjects[subject].Count;
        var times = new List<double>();
        for (var number = 0; number < count + (count / 3); number++)
        {
            // What a server remembers of a search is not to be measured: something has changed each time.
            if (subject is 5 or 7)
                await AskAsync(NewMetric(_run, _step++));
            if (subject == 9)
                await AskAsync(NewMetric(OpenPage.LiveRun, 1000 + number));
            var milliseconds = 0.0;
            foreach (var call in Calls(subject, number))
            {
                using var request = call.ToMessage();
                var began = Stopwatch.GetTimestamp();
                using var answer = await _http.SendAsync(request);
                var body = await answer.Content.ReadAsByteArrayAsync();
                milliseconds += Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                call.Check(answer, body);
            }

            times.Add(milliseconds);
        }

        return Spread.Of(times.Skip(count / 3)).Median;
    }

    /// <summary>Makes a run and gives its identifier.</summary>
    public async Task<string> CreateRunAsync() => (await AskAsync(NewRun()))["run"]!["info"]!["run_id"]!.GetValue<string>();

    /// <summary>Logs one value.</summary>
    public Task LogMetricAsync(string run, int step) => AskAsync(NewMetric(run, step));

    public void Dispose() => _http.Dispose();

    private IReadOnlyList<TrackingCall> Calls(int subject, int number) => subject < 9 ? [Call(subject, number)] : OpenPage.Calls;

    private TrackingCall Call(int subject, int number) => subject switch
    {
        0 => NewMetric(_run, _step++),
        1 => new($"{Api}/runs/get?run_id={new string('0', 32)}", Expected: answer => answer["run"]!["data"]!["metrics"]!.AsArray().Count == 10),
        2 => NewRun(),
        3 => new($"{Api}/experiments/search", new() { ["max_results"] = 100 }, answer => answer["experiments"]!.AsArray().Count == 3),
        4 => NewBatch("batch"),
        5 => Search(new() { ["experiment_ids"] = new JsonArray("0"), ["max_results"] = 100 }),
        6 => new($"{Api}/metrics/get-history?run_id={_run}&metric_key=history", Expected: answer => answer["metrics"]!.AsArray().Count == BatchSize),
        7 => Search(new() { ["experiment_ids"] = new JsonArray("0"), ["order_by"] = new JsonArray("metrics.m0 DESC"), ["max_results"] = 100 }),
        // Another number each time: what a server remembers of a chart is not to be measured.
        _ => new(
            string.Create(CultureInfo.InvariantCulture, $"ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids={ManyRuns.HistoryRun}&metric_key=loss&max_results={320 + number}"),
            Expected: answer => answer["metrics"]!.AsArray().Count is >= 320 and < 350),
    };

    private static TrackingCall NewRun() => new($"{Api}/runs/create", new() { ["experiment_id"] = "1", ["start_time"] = Now() });

    private static TrackingCall NewMetric(string run, int step) =>
        new($"{Api}/runs/log-metric", new() { ["run_id"] = run, ["key"] = "loss", ["value"] = 1.0 / (step + 1), ["timestamp"] = Now(), ["step"] = step });

    private TrackingCall NewBatch(string key)
    {
        var metrics = new JsonArray();
        for (var point = 0; point < BatchSize; point++)
            metrics.Add((JsonNode)new JsonObject { ["key"] = key, ["value"] = 0.5, ["timestamp"] = Now(), ["step"] = _step++ });
        return new($"{Api}/runs/log-batch", new() { ["run_id"] = _run, ["metrics"] = metrics });
    }

    private static TrackingCall Search(JsonObject search) => new($"{Api}/runs/search", search, answer => answer["runs"]!.AsArray().Count == 100);

    private async Task<JsonNode> AskAsync(TrackingCall call)
    {
        using var request = call.ToMessage();
        using var answer = await _http.SendAsync(request);
        return call.Check(answer, await answer.Content.ReadAsByteArrayAsync());
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}
