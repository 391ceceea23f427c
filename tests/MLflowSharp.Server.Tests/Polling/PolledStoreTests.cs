using MLflowSharp.Maintenance;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Polling;

/// <summary>What pages that stay open get: from memory while nothing has changed, and never an old answer.</summary>
public sealed class PolledStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private PolledServer? _server;

    private PolledServer Server => _server ??= new(_folder);

    public void Dispose()
    {
        _server?.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_search_is_answered_from_memory_until_somebody_writes(int connections)
    {
        _server = new(_folder, connections);
        var run = await CreateRunAsync();
        var first = await Server.SearchAsync();

        Assert.Equal((0, 3), await Server.CountAsync(async () =>
        {
            for (var poll = 0; poll < 3; poll++)
                Assert.Equal(first.Text, (await Server.SearchAsync()).Text);
        }));

        await Server.Store.LogBatchAsync(run, [new("loss", 0.25, 9, 9)], [], [], Cancellation);
        Assert.Contains("0.25", (await Server.SearchAsync()).Text, StringComparison.Ordinal);

        using var other = _folder.NewClient(_folder.Options with { Journal = new() { Enabled = false } });
        other.SetTag(run, "by", "another program");
        Assert.Contains("another program", (await Server.SearchAsync()).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Of_a_chart_only_the_curve_of_the_run_that_has_a_new_point_is_read(int connections)
    {
        _server = new(_folder, connections);
        var runs = await CreateRunsAsync(5);
        await Server.ChartAsync(runs);

        // The counts of the points and the curves.
        Assert.Equal((0, 6), await Server.CountAsync(() => Server.ChartAsync(runs)));

        await Server.Store.LogBatchAsync(runs[2], [new("loss", 0.125, 9, 9)], [], [], Cancellation);
        Assert.Equal((2, 4), await Server.CountAsync(async () => Assert.Contains("0.125", (await Server.ChartAsync(runs)).Text, StringComparison.Ordinal)));

        // Also one that belongs before the last, by another program.
        using var other = _folder.NewClient(_folder.Options with { Journal = new() { Enabled = false } });
        other.LogBatch(runs[4], [new("loss", 0.375, 2, -5)], [], []);
        Assert.Equal((2, 4), await Server.CountAsync(async () => Assert.Contains("0.375", (await Server.ChartAsync(runs)).Text, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Other_runs_metrics_and_numbers_of_points_are_other_charts()
    {
        var runs = await CreateRunsAsync(3);
        await Server.ChartAsync(runs);

        Assert.Equal((1, 2), await Server.CountAsync(async () => Assert.Equal(Reference(runs[1..]), (await Server.ChartAsync(runs[1..])).Text)));
        Assert.Equal((4, 0), await Server.CountAsync(async () => Assert.Equal(Reference(runs, "accuracy"), (await Server.ChartAsync(runs, "accuracy")).Text)));
        Assert.Equal(Reference([runs[2], runs[0], runs[2]]), (await Server.ChartAsync([runs[2], runs[0], runs[2]])).Text);
    }

    [Fact]
    public async Task A_chart_without_points_and_one_of_runs_that_are_not_there_are_empty()
    {
        var runs = await CreateRunsAsync(2);
        Assert.Equal(("{}", "{}"), ((await Server.ChartAsync(runs, "none")).Text, (await Server.ChartAsync(runs, "none")).Text));
        Assert.Equal("{}", (await Server.ChartAsync([new string('0', 32)])).Text);
        Assert.Equal(Reference(runs), (await Server.ChartAsync([new string('0', 32), .. runs])).Text);
    }

    [Fact]
    public async Task A_run_that_was_removed_for_good_has_no_curve()
    {
        var runs = await CreateRunsAsync(2);
        await Server.ChartAsync(runs);

        var purging = (IPurgingStore)Server.Store;
        await Server.Store.DeleteRunAsync(runs[0], Cancellation);
        foreach (var item in await purging.ListDeletedAsync(Cancellation))
            await purging.PurgeAsync(item, Cancellation);

        Assert.Equal(Reference(runs[1..]), (await Server.ChartAsync(runs)).Text);
    }

    [Fact]
    public async Task A_database_that_another_takes_the_place_of_is_not_answered_for()
    {
        using var elsewhere = new TemporaryFolder();
        using (var client = elsewhere.NewClient())
            client.SetTag(client.CreateRun("0").Info.RunId, "from", "the other file");
        var before = await CreateRunsAsync(1);
        await Server.SearchAsync();
        await Server.ChartAsync(before);

        File.SetLastWriteTimeUtc(elsewhere.DatabasePath, DateTime.UtcNow.AddMinutes(-1));
        File.Move(elsewhere.DatabasePath, _folder.DatabasePath, overwrite: true);

        Assert.Contains("the other file", (await Server.SearchAsync()).Text, StringComparison.Ordinal);
        Assert.Equal("{}", (await Server.ChartAsync(before)).Text);
    }

    [Fact]
    public async Task A_long_curve_is_kept_until_anything_is_written()
    {
        var runs = await CreateRunsAsync(2);
        for (var batch = 0; batch < 21; batch++)
            await Server.Store.LogBatchAsync(runs[0], [.. Enumerable.Range(batch * 1000, 1000).Select(step => new Metric("loss", step, step, step))], [], [], Cancellation);
        await Server.ChartAsync(runs);
        Assert.Equal((0, 3), await Server.CountAsync(() => Server.ChartAsync(runs)));

        await Server.Store.LogBatchAsync(runs[0], [new("loss", 0.0625, 99999, 99999)], [], [], Cancellation);
        Assert.Equal((2, 1), await Server.CountAsync(async () => Assert.Contains("0.0625", (await Server.ChartAsync(runs)).Text, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_browser_that_has_the_chart_gets_it_again_only_when_it_has_changed()
    {
        var runs = await CreateRunsAsync(2);
        var first = await Server.ChartAsync(runs);
        var tag = first.Headers["ETag"];

        var again = await Server.ChartAsync(runs, known: tag);
        Assert.Equal((304, "", tag), (again.Status, again.Text, again.Headers["ETag"]));
        Assert.Equal("private, no-cache", again.Headers["Cache-Control"]);

        await Server.Store.LogBatchAsync(runs[0], [new("loss", 1, 7, 7)], [], [], Cancellation);
        var changed = await Server.ChartAsync(runs, known: tag);
        Assert.Equal((200, Reference(runs)), (changed.Status, changed.Text));
        Assert.NotEqual(tag, changed.Headers["ETag"]);
        Assert.NotEqual(changed.Headers["ETag"], (await Server.ChartAsync(Enumerable.Reverse(runs))).Headers["ETag"]);
    }

    [Fact]
    public async Task A_folder_of_files_cannot_tell_whether_it_has_changed_and_is_read_each_time()
    {
        _server = new(_folder, uri: Path.Combine(_folder.FullName, "files"));
        var runs = await CreateRunsAsync(2);
        var chart = await Server.ChartAsync(runs);
        Assert.Equal((0, 0), await Server.CountAsync(async () =>
        {
            await Server.SearchAsync();
            Assert.Equal(304, (await Server.ChartAsync(runs, known: chart.Headers["ETag"])).Status);
        }));
        await Server.Store.LogBatchAsync(runs[0], [new("loss", 0.125, 7, 7)], [], [], Cancellation);
        Assert.Contains("0.125", (await Server.ChartAsync(runs, known: chart.Headers["ETag"])).Text, StringComparison.Ordinal);
        Assert.Contains("0.125", (await Server.SearchAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_told_to_keep_nothing_reads_each_time()
    {
        _server = new(_folder, cacheBytes: 0);
        var runs = await CreateRunsAsync(2);
        await Server.SearchAsync();
        var chart = await Server.ChartAsync(runs);
        Assert.Equal((4, 0), await Server.CountAsync(async () =>
        {
            await Server.SearchAsync();
            Assert.Equal(chart.Text, (await Server.ChartAsync(runs)).Text);
        }));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<string> CreateRunAsync()
    {
        var run = (await Server.Store.CreateRunAsync("0", "me", DateTimeOffset.UnixEpoch, null, null, Cancellation)).Info.RunId;
        await Server.Store.LogBatchAsync(run, [.. Enumerable.Range(0, 3).SelectMany(step => PolledServer.Metrics.Select(key => new Metric(key, step + 0.5, step, step)))], [], [], Cancellation);
        return run;
    }

    private async Task<string[]> CreateRunsAsync(int count)
    {
        var runs = new List<string>();
        for (var number = 0; number < count; number++)
            runs.Add(await CreateRunAsync());
        return [.. runs];
    }

    /// <summary>The chart as a server answers that has just begun.</summary>
    private string Reference(IEnumerable<string> runs, string metric = "loss")
    {
        using var server = new PolledServer(_folder);
        return server.ChartAsync(runs, metric).GetAwaiter().GetResult().Text;
    }
}
