using System.Globalization;
using MLflowSharp;
using MLflowSharp.Server;
using MLflowSharp.Tests.Journal.Faults;

namespace Interop.Rest;

/// <summary>
/// A training logs to a real MLflow server, and to ours, while the server dies, hangs, or the network is cut: afterwards every value is there once. Prints the
/// table. MLFLOWSHARP_CUT_SECONDS=90 cuts for as long as a switch takes to restart.
/// </summary>
public sealed class ServerFaultTableTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 5;
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("MLFLOWSHARP_CUT_SECONDS") ?? "5", CultureInfo.InvariantCulture));

    private readonly TemporaryFolder _folder = new();
    private readonly StoreServers _servers = StoreServers.Of(PythonEnvironment.NewestMlflow);
    private readonly List<int> _running = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private JournalOptions Journal => new() { Folder = _folder.Combine("journals"), WriteDelay = TimeSpan.FromMilliseconds(5), AnswerTimeout = TimeSpan.FromSeconds(1) };

    public void Dispose()
    {
        _running.ForEach(_servers.Stop);
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_value_that_was_logged_to_a_server_is_there_once()
    {
        var away = Away.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        (string Fault, Func<Task<Outcome?>> Run)[] faults =
        [
            ($"MLflow 3.17.2 over a database killed (kill -9) {Kills} times at random moments", () => KilledAsync(overFiles: false)),
            ("the same over a file store", () => KilledAsync(overFiles: true)),
            ("MLflow over a database killed each time when a batch was stored and before the answer is out", () => KilledBeforeTheAnswerAsync(overFiles: false)),
            ("the same over a file store, which would append the batch again", () => KilledBeforeTheAnswerAsync(overFiles: true)),
            ($"MLflow hangs for {away} s (SIGSTOP), connections stay open", HangingAsync),
            ($"network to MLflow cut for {away} s (link down)", () => CutAsync(async address =>
            {
                await Task.CompletedTask;
                return (Start(host: address).Uri, null);
            })),
            ($"network to our server cut for {away} s (link down)", () => CutAsync(async address =>
            {
                var server = await TrackingServer.StartAsync(new() { BackendStoreUri = _folder.TrackingUri, Host = address, Port = 0 }, Cancellation);
                return (server.TrackingUri, server);
            })),
        ];
        var table = new FaultTable("server-faults");
        foreach (var (fault, run) in faults)
        {
            table.Add(fault, await run());
            output.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {fault}");
        }

        table.Conclude(output);
    }

    private async Task<Outcome?> KilledAsync(bool overFiles)
    {
        const int Values = 4000;
        var server = Start(overFiles);
        var process = server.ProcessId;
        using var client = Open(server.Uri);
        var run = client.CreateRun("0").Info.RunId;
        var logging = Task.Run(() => Log(client, run, Values), Cancellation);
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(Random.Shared.Next(20, 200), Cancellation);
            _servers.Stop(process);
            _running.Remove(process);
            process = _servers.StartAgain(process);
            _running.Add(process);
        }

        await logging;
        return await FoundAsync(client, server.Uri, run, Values);
    }

    private async Task<Outcome?> KilledBeforeTheAnswerAsync(bool overFiles)
    {
        const int Values = 4000;
        var server = Start(overFiles);
        var process = server.ProcessId;
        using var gate = new Gate(server.Uri);
        gate.OnCut = () =>
        {
            _servers.Stop(process);
            _running.Remove(process);
            process = _servers.StartAgain(process);
            _running.Add(process);
        };
        using var client = Open(gate.Uri);
        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 0, DateTimeOffset.UnixEpoch, 0);
        gate.CutEvery = 4;
        for (var first = 1; first < Values; first += 200)
        {
            Log(client, run, Math.Min(first + 200, Values), first);
            try
            {
                await client.FlushAsync(Cancellation);
            }
            catch (MlflowException error) when (error.ErrorCode == ErrorCode.TemporarilyUnavailable)
            {
                // The next portion goes on.
            }
        }

        gate.CutEvery = 0;
        var outcome = await FoundAsync(client, server.Uri, run, Values);
        Assert.InRange(gate.Cuts, 3, 1000);
        return outcome;
    }

    private async Task<Outcome?> HangingAsync()
    {
        var server = Start();
        using var client = Open(server.Uri);
        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 0, DateTimeOffset.UnixEpoch, 0);
        _servers.Freeze(server.ProcessId);
        var thawed = Task.Delay(Away, Cancellation).ContinueWith(_ => _servers.Thaw(server.ProcessId), TaskScheduler.Default);
        var values = 1;
        for (; !thawed.IsCompleted; values++)
        {
            client.LogMetric(run, "loss", values, DateTimeOffset.UnixEpoch, values);
            if (values % 1000 == 0)
                client.LogParam(run, $"p{values}", values);
            if (values % 10 == 0)
                await Task.Delay(1, Cancellation);
        }

        // One parameter waited for its second; all the others and every metric went on.
        Assert.InRange(values, 1000, int.MaxValue);
        return await FoundAsync(client, server.Uri, run, values);
    }

    private async Task<Outcome?> CutAsync(Func<string, Task<(string Uri, IAsyncDisposable? Server)>> start)
    {
        using var network = Network.TryMake();
        if (network is null)
            return null;
        var (uri, ours) = await start(network.HereAddress);
        await using (ours)
        {
            using var near = Open(uri);
            var run = near.CreateRun("0").Info.RunId;
            using var training = Training.Start(uri, run, _folder.Combine($"progress{Guid.NewGuid():N}"), 0, 10_000_000, pause: 1, answer: 1, configure: command =>
            {
                network.Enter(command);
                command.Environment["MLFLOWSHARP_JOURNAL_FOLDER"] = _folder.Combine("journals");
            });
            await training.ReachAsync(300);
            network.Cut();
            var before = training.Logged;
            await Task.Delay(Away, Cancellation);
            var during = training.Logged - before;
            network.Restore();
            await training.ReachAsync(before + during + 300);
            var logged = await training.KillAsync();
            output.WriteLine(FormattableString.Invariant($"{during} values were logged while the network was cut for {Away.TotalSeconds} s; the slowest call took {training.Slowest.TotalMilliseconds:0.###} ms."));
            // A call waits for the disk's cache and the processor, never for the network.
            Assert.True(during > 100, $"Only {during} values while the network was cut.");
            Assert.True(training.Slowest < Away / 2, $"A call took {training.Slowest}.");
            using var next = Open(uri);
            return await FoundAsync(next, uri, run, logged);
        }
    }

    private static void Log(MlflowClient client, string run, int end, int first = 0)
    {
        for (var step = first; step < end; step++)
        {
            client.LogMetric(run, "loss", step, DateTimeOffset.UnixEpoch, step);
            if (step % 10 == 0)
                Thread.Sleep(1);
        }
    }

    private static async Task<Outcome> FoundAsync(MlflowClient client, string uri, string run, long logged)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                // Begins to replay what a killed process left.
                await client.GetRunAsync(run, Cancellation);
                await client.FlushAsync(Cancellation);
                break;
            }
            catch (MlflowException error) when (error.ErrorCode is ErrorCode.TemporarilyUnavailable or ErrorCode.DeadlineExceeded && attempt < 100)
            {
                // The server is just coming back.
                await Task.Delay(100, Cancellation);
            }
        }

        using var plain = new MlflowClient(uri, new() { Journal = new() { Enabled = false } });
        return Outcome.Of(await plain.GetMetricHistoryAsync(run, "loss", Cancellation), logged);
    }

    private (string Uri, int ProcessId) Start(bool overFiles = false, string host = "127.0.0.1")
    {
        var server = _servers.Start(overFiles, host);
        _running.Add(server.ProcessId);
        return server;
    }

    private MlflowClient Open(string uri) => new(uri, new()
    {
        // As MLflow's defaults, a hundred times faster.
        Http = new() { BackoffFactor = 0.02, BackoffJitter = 0.01, MaxRetries = 5 },
        Journal = Journal,
        Warn = _ => { },
    });
}
