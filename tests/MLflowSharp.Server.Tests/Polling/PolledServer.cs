using System.Text;
using MLflowSharp.Stores;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Polling;

/// <summary>A server's interface over a store that others may write to as well, asked for what an open page asks for.</summary>
internal sealed class PolledServer : IDisposable
{
    private readonly MlflowStores _stores;

    public PolledServer(TemporaryFolder folder, int connections = 3, string? uri = null, long? cacheBytes = null, TimeProvider? time = null)
    {
        _stores = StoreFactory.Open(uri ?? folder.TrackingUri, folder.Options with { Connections = connections, DatabaseVersion = "3.17", Warn = _ => { } });
        var options = new RestApiOptions { StorageOptions = new() { TimeProvider = time ?? TimeProvider.System } };
        Api = new(_stores, cacheBytes is { } bytes ? options with { CacheBytes = bytes } : options);
    }

    public RestApi Api { get; }

    /// <summary>The server's own way to the store.</summary>
    public ITrackingStore Store => _stores.Tracking;

    public static string[] Metrics { get; } = ["loss", "accuracy"];

    public Task<Answer> SearchAsync() => SendAsync("POST", "/ajax-api/2.0/mlflow/runs/search", """{"experiment_ids": ["0"], "max_results": 100, "order_by": ["attributes.start_time DESC"]}""");

    public Task<Answer> ChartAsync(IEnumerable<string> runs, string metric = "loss", string? known = null) =>
        SendAsync("GET", $"/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?{string.Concat(runs.Select(run => $"run_ids={run}&"))}metric_key={metric}&max_results=320", known: known);

    /// <summary>What a call of something made anew, and what it found.</summary>
    public async Task<(long Made, long Found)> CountAsync(Func<Task> action)
    {
        var (made, found) = (Api.Remembered.Made, Api.Remembered.Found);
        await action();
        return (Api.Remembered.Made - made, Api.Remembered.Found - found);
    }

    public void Dispose()
    {
        Api.Dispose();
        _stores.Dispose();
    }

    private async Task<Answer> SendAsync(string method, string target, string? json = null, string? known = null)
    {
        var headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" };
        if (known is not null)
            headers["If-None-Match"] = known;
        var request = new RestRequest { Method = method, Target = target, Headers = headers, Body = new MemoryStream(Encoding.UTF8.GetBytes(json ?? "")) };
        return await Answer.OfAsync(await Api.HandleAsync(request, TestContext.Current.CancellationToken));
    }
}
