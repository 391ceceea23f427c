using Microsoft.Extensions.Time.Testing;

namespace MLflowSharp.Tests.Journal.Faults;

public sealed partial class FaultTableTests
{
    private async Task<Outcome?> OutageAsync()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));
        var (client, faults) = NewClient(Options with { TimeProvider = time });
        var run = client.CreateRun("0").Info.RunId;
        for (var step = 0; step < 12_000; step++)
        {
            if (step == 1000)
                faults.Before = FaultyStore.Unreachable;
            if (step % 500 == 0)
                time.Advance(TimeSpan.FromMinutes(1));
            if (step == 11_000)
                faults.Before = null;
            client.LogMetric(run, "loss", step, step: step);
        }

        client.Flush();
        return await CheckAsync(run, 12_000);
    }

    private async Task<Outcome?> OutageAcrossProcessesAsync()
    {
        var run = NewRun();
        LeaveJournal(client =>
        {
            client.GetRun(run);
            for (var step = 0; step < 5000; step++)
                client.LogMetric(run, "loss", step, DateTimeOffset.UnixEpoch, step);
            client.SetTerminated(run);
        });
        return await CheckAsync(run, 5000);
    }

    private async Task<Outcome?> LostAnswersAsync()
    {
        var (client, faults) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        var calls = 0;
        faults.After = method =>
        {
            if (method == "LogBatchAsync" && ++calls % 2 == 1)
                FaultyStore.Unreachable(method, []);
        };
        for (var step = 0; step < 5000; step++)
            client.LogMetric(run, "loss", step, DateTimeOffset.UnixEpoch, step);
        faults.After = null;
        client.Flush();
        return await CheckAsync(run, 5000);
    }

    private async Task<Outcome?> LockedAsync()
    {
        var (client, _) = NewClient(Options with { BusyTimeout = TimeSpan.FromSeconds(1) });
        var run = client.CreateRun("0").Info.RunId;
        using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Folder.DatabasePath};Pooling=False");
        other.Open();
        Execute("BEGIN EXCLUSIVE");
        for (var step = 0; step < 1000; step++)
            client.LogMetric(run, "loss", step, DateTimeOffset.UnixEpoch, step);
        client.SetTag(run, "t", "v");
        await WarningAsync("locked by another process");
        Execute("ROLLBACK");
        client.Flush();
        Assert.Equal("v", StoredRun(run).Data.Tags["t"]);
        return await CheckAsync(run, 1000);

        void Execute(string sql)
        {
            using var command = other.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private async Task<Outcome?> ClockPulledBackAsync()
    {
        var time = new PulledBackTime();
        var (client, _) = NewClient(Options with { TimeProvider = time });
        var run = client.CreateRun("0").Info.RunId;
        for (var step = 0; step < 1000; step++)
        {
            if (step == 500)
                time.Offset = TimeSpan.FromHours(-1);
            client.LogMetric(run, "loss", step, step: step);
            if (step % 100 == 0)
                client.SetTag(run, "last", step);
        }

        client.Dispose();
        Assert.Equal("900", StoredRun(run).Data.Tags["last"]);
        return await CheckAsync(run, 1000);
    }

    private sealed class PulledBackTime : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
    }
}
