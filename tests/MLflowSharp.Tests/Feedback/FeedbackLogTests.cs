using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Feedback;

public sealed class FeedbackLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MlflowClient _client;

    public FeedbackLogTests() =>
        _client = new($"sqlite:///{Path.Combine(_folder.FullName, "mlflow.db")}", new MlflowClientOptions { DefaultArtifactRoot = Path.Combine(_folder.FullName, "artifacts"), Journal = new JournalOptions { Enabled = false } });

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Entries_of_several_threads_make_one_list_in_the_runs_artifact()
    {
        var run = _client.CreateRun("0").Info.RunId;
        var log = new FeedbackLog(_client, run, "texts");

        var counts = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => log.AddAsync(new JsonObject { ["label"] = number }, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken)));

        Assert.Equal(Enumerable.Range(1, 20), counts.Order());
        var logged = JsonNode.Parse(await File.ReadAllTextAsync(_client.DownloadArtifacts(run, "feedback/texts.json"), TestContext.Current.CancellationToken))!.AsArray();
        Assert.Equal(Enumerable.Range(0, 20), logged.Select(entry => (int)entry!["label"]!).Order());
    }

    [Fact]
    public async Task An_entry_that_could_not_be_logged_is_not_kept_and_the_next_one_is()
    {
        var run = _client.CreateRun("0").Info.RunId;
        var log = new FeedbackLog(_client, run, "texts");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => log.AddAsync(new JsonObject { ["label"] = 1 }, cancelled.Token));

        Assert.Equal(1, log.Add(new JsonObject { ["label"] = 2 }));
        Assert.Equal("""[{"label":2}]""", File.ReadAllText(_client.DownloadArtifacts(run, log.ArtifactFile)));
    }

    [Fact]
    public void What_is_changed_later_stays_as_it_was_said()
    {
        var log = new FeedbackLog(_client, _client.CreateRun("0").Info.RunId, "texts");
        var entry = new JsonObject { ["label"] = 1 };
        log.Add(entry);
        entry["label"] = 2;
        log.Add(entry);

        Assert.Equal("""[{"label":1},{"label":2}]""", File.ReadAllText(_client.DownloadArtifacts(log.RunId, log.ArtifactFile)));
    }
}
