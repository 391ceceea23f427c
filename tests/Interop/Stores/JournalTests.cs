using System.Collections.Concurrent;
using MLflowSharp;

namespace Interop.Stores;

/// <summary>The real MLflow's server is killed in the middle of a training and started again: every value is there once.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_server_that_is_killed_and_started_again_has_every_value_once()
    {
        var python = PythonEnvironment.Require();
        var warnings = new ConcurrentQueue<string>();
        var options = new MlflowClientOptions
        {
            Warn = warnings.Enqueue,
            Http = new() { MaxRetries = 0 },
            Journal = new() { Folder = _folder.Combine("journals"), WriteDelay = TimeSpan.FromMilliseconds(5), DrainTimeout = TimeSpan.FromSeconds(1) },
        };
        string uri, run;
        await using (var server = await MlflowServer.StartAsync(python, _folder))
        {
            uri = server.Uri;
            using var client = new MlflowClient(uri, options);
            run = client.CreateRun("0").Info.RunId;
            Log(client, run, 0, 500);
            var killing = server.DisposeAsync();
            Log(client, run, 500, 3000);
            await killing;
            Log(client, run, 3000, 4000);
            client.LogParam(run, "epochs", 3);
            client.SetTag(run, "state", "server away");
            Assert.Equal(ErrorCode.TemporarilyUnavailable, Assert.Throws<MlflowException>(client.Flush).ErrorCode);
        }

        Assert.Contains(warnings, warning => warning.Contains("does not take what is logged at present", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("records could not be written", StringComparison.Ordinal));
        var left = Assert.Single(MlflowJournals.Find(uri, options.Journal));
        Assert.Equal((JournalState.Left, run), (left.State, left.RunIds.Single()));

        await using (await MlflowServer.StartAsync(python, _folder, port: new Uri(uri).Port))
        {
            using var next = new MlflowClient(uri, options);
            next.SetTag(run, "state", "server back");
            Log(next, run, 4000, 5000);
            next.SetTerminated(run);

            var history = next.GetMetricHistory(run, "loss");
            Assert.Equal(Enumerable.Range(0, 5000).Select(step => (long)step), history.Select(point => point.Step).Order());
            var read = next.GetRun(run);
            Assert.Equal(("3", "server back", RunStatus.Finished), (read.Data.Params["epochs"], read.Data.Tags["state"], read.Info.Status));
        }

        Assert.False(Directory.Exists(_folder.Combine("journals")) && Directory.EnumerateFiles(_folder.Combine("journals"), "*.journal", SearchOption.AllDirectories).Any());
    }

    private static void Log(MlflowClient client, string run, int first, int end)
    {
        for (var step = first; step < end; step++)
            client.LogMetric(run, "loss", step, DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + step), step);
    }
}
