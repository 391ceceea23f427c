using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using MLflowSharp.Server.Tests.Users;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Polling;

/// <summary>Pages that are open while runs are going on, for several users.</summary>
public sealed class PolledWhileWritingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(3, 3)]
    public async Task Whatever_happens_the_answers_are_those_of_a_server_that_keeps_nothing(int connections, int seed)
    {
        var random = new Random(seed);
        using var kept = new PolledServer(_folder, connections);
        using var plain = new PolledServer(_folder, connections: 1, cacheBytes: 0);
        using var other = _folder.NewClient(_folder.Options with { Journal = new() { Enabled = false } });
        List<string> runs = [other.CreateRun("0").Info.RunId, other.CreateRun("0").Info.RunId];
        for (var turn = 0; turn < 300; turn++)
        {
            var run = runs[random.Next(runs.Count)];
            var metric = new Metric(PolledServer.Metrics[random.Next(2)], random.NextDouble(), random.Next(1000), random.Next(-5, 50));
            switch (random.Next(8))
            {
                case 0:
                    await kept.Store.LogBatchAsync(run, [metric], [], [], Cancellation);
                    break;
                case 1:
                    other.LogBatch(run, [metric], [], []);
                    break;
                case 2:
                    other.SetTag(run, "turn", turn.ToString(CultureInfo.InvariantCulture));
                    break;
                case 3 when runs.Count < 6:
                    runs.Add((await kept.Store.CreateRunAsync("0", "me", DateTimeOffset.UnixEpoch, null, null, Cancellation)).Info.RunId);
                    break;
                case 4 when runs.Count > 2:
                    other.DeleteRun(run);
                    runs.Remove(run);
                    break;
                default:
                    break;
            }

            Assert.Equal((await plain.SearchAsync()).Text, (await kept.SearchAsync()).Text);
            foreach (var key in PolledServer.Metrics)
                Assert.Equal((await plain.ChartAsync(runs, key)).Text, (await kept.ChartAsync(runs, key)).Text);
        }

        Assert.True(kept.Api.Remembered.Found > kept.Api.Remembered.Made, $"{kept.Api.Remembered.Found} found, {kept.Api.Remembered.Made} made");
    }

    [Fact]
    public async Task What_was_answered_to_who_writes_is_in_every_page_that_is_asked_for_then()
    {
        using var server = new PolledServer(_folder);
        var run = (await server.Store.CreateRunAsync("0", "me", DateTimeOffset.UnixEpoch, null, null, Cancellation)).Info.RunId;
        var written = 0;
        var writing = Task.Run(async () =>
        {
            for (var step = 1; step <= 300; step++)
            {
                await server.Store.LogBatchAsync(run, [new("loss", step, step, step)], [], [], Cancellation);
                Volatile.Write(ref written, step);
            }
        }, Cancellation);
        var pages = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var seen = 0;
            do
            {
                var least = Math.Max(seen, Volatile.Read(ref written));
                seen = (await server.ChartAsync([run])).Json["metrics"]?.AsArray().Count ?? 0;
                Assert.InRange(seen, least, 300);
                Assert.InRange((int?)(await server.SearchAsync()).Json["runs"]![0]!["data"]!["metrics"]?[0]!["step"] ?? 0, seen, 300);
            }
            while (seen < 300);
        }, Cancellation));

        await Task.WhenAll([writing, .. pages]);
    }

    [Fact]
    public async Task Each_user_gets_what_the_user_may_see_also_when_that_has_changed()
    {
        await using var server = await UserServer.StartAsync("NO_PERMISSIONS", "owner", "user");
        using var owner = server.ClientOf("owner");
        var experiment = owner.CreateExperiment("of owner");
        var run = owner.CreateRun(experiment).Info.RunId;
        owner.LogBatch(run, [new("loss", 0.5, 1, 2)], [], []);

        await CheckAsync("owner", 1, HttpStatusCode.OK);
        await CheckAsync("user", 0, HttpStatusCode.Forbidden);
        await server.GrantAsync(experiment, "user", "READ");
        await CheckAsync("user", 1, HttpStatusCode.OK);
        var (status, _) = await server.SendAsync("owner", "DELETE", "api/2.0/mlflow/experiments/permissions/delete", $$"""{"experiment_id": "{{experiment}}", "username": "user"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        await CheckAsync("user", 0, HttpStatusCode.Forbidden);
        await CheckAsync("owner", 1, HttpStatusCode.OK);

        async Task CheckAsync(string user, int runs, HttpStatusCode chart)
        {
            for (var poll = 0; poll < 2; poll++)
            {
                var found = await server.SendAsync(user, "POST", "ajax-api/2.0/mlflow/runs/search", $$"""{"experiment_ids": ["{{experiment}}"]}""");
                Assert.Equal((HttpStatusCode.OK, runs), (found.Status, JsonNode.Parse(found.Text)!["runs"]?.AsArray().Count ?? 0));
                Assert.Equal(chart, (await server.SendAsync(user, "GET", $"ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?run_ids={run}&metric_key=loss")).Status);
            }
        }
    }
}
