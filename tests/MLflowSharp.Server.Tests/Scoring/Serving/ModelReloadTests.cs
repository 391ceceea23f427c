using MLflowSharp.Tests;
using Microsoft.Extensions.Time.Testing;

namespace MLflowSharp.Server.Tests.Scoring.Serving;

public sealed class ModelReloadTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly MlflowClient _client;
    private readonly FakeTimeProvider _time = new();

    public ModelReloadTests()
    {
        _client = new(_folder.TrackingUri);
        _client.CreateRegisteredModel("sums");
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_version_that_an_alias_comes_to_mean_takes_over_without_a_lost_request()
    {
        Register(factor: 1);
        Register(factor: 10);
        _client.SetRegisteredModelAlias("sums", "champion", "1");
        await using var server = await StartAsync("models:/sums@champion");
        Assert.Equal("1", server.ModelVersion);
        using var asking = new CancellationTokenSource();
        var answers = AskAsync(server, asking.Token);

        _client.SetRegisteredModelAlias("sums", "champion", "2");
        await ReloadedAsync(() => server.ModelVersion == "2");
        Assert.Equal((200, """{"predictions":{"sum":[[30]]}}"""), await ScoringServerTests.PostAsync(server, """{"inputs": [[1, 2]]}"""));
        await asking.CancelAsync();

        Assert.Superset((await answers).ToHashSet(), new HashSet<string> { """200 {"predictions":{"sum":[[3]]}}""", """200 {"predictions":{"sum":[[30]]}}""" });
    }

    [Fact]
    public async Task A_registry_that_fails_is_told_of_once_and_the_old_version_stays()
    {
        var faults = new List<string>();
        Register(factor: 1);
        _client.SetRegisteredModelAlias("sums", "champion", "1");
        await using var server = await StartAsync("models:/sums@champion", line => { lock (faults) faults.Add(line); });

        _client.DeleteRegisteredModelAlias("sums", "champion");
        await ReloadedAsync(() => Faults() > 0);
        for (var tick = 0; tick < 5; tick++)
            _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((200, """{"predictions":{"sum":[[3]]}}"""), await ScoringServerTests.PostAsync(server, """{"inputs": [[1, 2]]}"""));
        Register(factor: 10);
        _client.SetRegisteredModelAlias("sums", "champion", "2");
        await ReloadedAsync(() => server.ModelVersion == "2");

        Assert.Equal(1, Faults());

        int Faults()
        {
            lock (faults)
                return faults.Count(line => line.Contains("could not be asked", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_version_by_its_number_stays()
    {
        Register(factor: 1);
        Register(factor: 10);
        await using var server = await StartAsync("models:/sums/1");

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("1", server.ModelVersion);
        Assert.Equal("""{"predictions":{"sum":[[3]]}}""", (await ScoringServerTests.PostAsync(server, """{"inputs": [[1, 2]]}""")).Text);
    }

    private void Register(double factor) => _client.CreateModelVersion("sums", SumModel.Save(_folder, factor));

    private Task<ScoringServer> StartAsync(string model, Action<string>? onLog = null) => ScoringServer.StartAsync(
        model, new() { Port = 0, TimeProvider = _time, OnLog = onLog }, _client, TestContext.Current.CancellationToken);

    /// <summary>Lets the clock go on until something is so; the watcher may not have come back to its timer yet.</summary>
    private async Task ReloadedAsync(Func<bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        while (!isSo())
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(10, limit.Token);
        }
    }

    private static async Task<List<string>> AskAsync(ScoringServer server, CancellationToken stop)
    {
        var answers = new List<string>();
        while (!stop.IsCancellationRequested)
        {
            var (status, text) = await ScoringServerTests.PostAsync(server, """{"inputs": [[1, 2]]}""");
            answers.Add($"{status} {text}");
        }

        return answers;
    }
}
