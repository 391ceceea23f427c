using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace MLflowSharp.Tests.Journal;

/// <summary>What happens to logged values when things go wrong: afterwards each is in the store once, or its caller was told. Prints the table.</summary>
[Collection(nameof(Fluent.OneAfterAnother))]
public sealed class FaultTableTests(ITestOutputHelper output) : JournalTest
{
    // Many times: MLFLOWSHARP_KILLS=500 for an evening.
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("MLFLOWSHARP_KILLS") ?? "20", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Every_logged_value_is_in_the_store_once_or_its_caller_was_told()
    {
        (string Fault, Func<Task<Outcome?>> Run)[] faults =
        [
            ($"process killed (kill -9) {Kills} times at random moments", KillAsync),
            ($"the same on the file store, {Kills / 4} times", KillOnFilesAsync),
            ("process killed, then the machine loses the journal's last bytes", LoseTailAsync),
            ("store away for 20 minutes, back before the end", OutageAsync),
            ("store away, process ends, next process", OutageAcrossProcessesAsync),
            ("store's answers lost after it wrote", LostAnswersAsync),
            ("disk of the store full, then free again", StoreDiskFullAsync),
            ("disk of the journal full", JournalDiskFullAsync),
            ("both disks full", BothDisksFullAsync),
            ("16 processes on one SQLite file, 8 of them killed", SixteenProcessesAsync),
            ("clock pulled back by an hour", ClockPulledBackAsync),
            ("store locked by another program for longer than it is waited for", LockedAsync),
        ];
        var table = new StringBuilder("| Fault | Values logged | Found | Duplicates | Told instead |\n|---|---:|---:|---:|---:|\n");
        var wrong = new List<string>();
        foreach (var (fault, run) in faults)
        {
            if (await run() is not { } outcome)
            {
                table.Append(CultureInfo.InvariantCulture, $"| {fault} | needs an administrator of Linux | | | |\n");
                continue;
            }

            table.Append(CultureInfo.InvariantCulture, $"| {fault} | {outcome.Logged} | {outcome.Found} | {outcome.Duplicates} | {outcome.Told} |\n");
            if (outcome.Found + outcome.Told < outcome.Logged || outcome.Duplicates > 0 || outcome.Logged == 0)
                wrong.Add(fault);
        }

        output.WriteLine(table.ToString());
        Assert.Empty(wrong);
    }

    private async Task<Outcome?> KillAsync()
    {
        var random = new Random();
        var total = new Outcome(0, 0, 0, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            var run = NewRun();
            using var training = Training.Start(Folder.TrackingUri, run, Path.Combine(Folder.FullName, $"progress{kill}"), 0, 10_000_000);
            await training.ReachAsync(1);
            await Task.Delay(random.Next(120), TestContext.Current.CancellationToken);
            var logged = await training.KillAsync();
            total += await CheckAsync(run, logged);
            Assert.Empty(Segments());
        }

        return total;
    }

    private async Task<Outcome?> KillOnFilesAsync()
    {
        var random = new Random();
        var uri = Path.Combine(Folder.FullName, "mlruns");
        var total = new Outcome(0, 0, 0, 0);
        for (var kill = 0; kill < Kills / 4; kill++)
        {
            using var before = new MlflowClient(uri, Options);
            var run = before.CreateRun("0").Info.RunId;
            using var training = Training.Start(uri, run, Path.Combine(Folder.FullName, $"files{kill}"), 0, 10_000_000);
            await training.ReachAsync(1);
            await Task.Delay(random.Next(120), TestContext.Current.CancellationToken);
            var logged = await training.KillAsync();
            using var next = new MlflowClient(uri, Options);
            total += Compare(next.GetMetricHistory(run, "loss"), logged, 0);
        }

        return total;
    }

    private async Task<Outcome?> LoseTailAsync()
    {
        // What was not on the disk is gone, and only that: found is compared with what the shortened journal and the store hold.
        var random = new Random();
        var total = new Outcome(0, 0, 0, 0);
        for (var time = 0; time < 5; time++)
        {
            var run = NewRun();
            using var training = Training.Start(Folder.TrackingUri, run, Path.Combine(Folder.FullName, $"lost{time}"), 0, 10_000_000);
            await training.ReachAsync(2000 + random.Next(1000));
            var logged = await training.KillAsync();
            var lost = random.Next(1, 2000);
            var before = Stored(run).Count;
            foreach (var path in Segments().TakeLast(1))
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None);
                file.SetLength(Math.Max(file.Length - lost, 0));
            }

            using var next = new MlflowClient(Folder.TrackingUri, Options);
            var history = next.GetMetricHistory(run, "loss");
            Assert.InRange(history.Count, before, logged + 1);
            Assert.Equal(Enumerable.Range(0, history.Count).Select(step => (double)step), history.Select(point => point.Value));
            // At most as many records as the bytes may hold are missing, and the torn one is told.
            Assert.True(logged - history.Count <= (lost / 60) + 1, $"{logged - history.Count} values are missing after {lost} bytes were lost");
            total += new Outcome(history.Count, history.Count, history.Count - history.Select(point => point.Step).Distinct().Count(), 0);
        }

        return total;
    }

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

    private async Task<Outcome?> StoreDiskFullAsync()
    {
        using var disk = SmallDisk.TryMount(Folder, 1500);
        if (disk is null)
            return null;
        var options = Options with { Journal = Options.Journal with { Folder = Path.Combine(Folder.FullName, "journals") } };
        using var client = new MlflowClient($"sqlite:///{disk.Path}/mlflow.db", options);
        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 0, DateTimeOffset.UnixEpoch, 0);
        client.Flush();
        disk.Fill();
        for (var step = 1; step < 3000; step++)
            client.LogMetric(run, "loss", step, DateTimeOffset.UnixEpoch, step);
        client.LogParam(run, "p", 1);
        Assert.Throws<MlflowException>(client.Flush);
        disk.Free();
        client.Flush();
        Assert.Equal("1", client.GetRun(run).Data.Params["p"]);
        return await Task.FromResult(Compare(client.GetMetricHistory(run, "loss"), 3000, 0));
    }

    private async Task<Outcome?> JournalDiskFullAsync()
    {
        using var disk = SmallDisk.TryMount(Folder, 100);
        if (disk is null)
            return null;
        var (client, faults) = NewClient(Options with { Journal = Options.Journal with { Folder = Path.Combine(disk.Path, "journals") } });
        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 0, DateTimeOffset.UnixEpoch, 0);
        faults.Before = FaultyStore.Unreachable;
        var told = 0;
        for (var step = 1; step < 3000; step++)
        {
            if (step == 2500)
                faults.Before = null;
            try
            {
                client.LogMetric(run, "loss", step, DateTimeOffset.UnixEpoch, step);
            }
            catch (MlflowException error) when (error.ErrorCode == ErrorCode.ResourceExhausted)
            {
                told++;
            }
        }

        client.Flush();
        client.Dispose();
        return (await CheckAsync(run, 3000)) with { Told = told };
    }

    private async Task<Outcome?> BothDisksFullAsync()
    {
        using var disk = SmallDisk.TryMount(Folder, 1500);
        if (disk is null)
            return null;
        using var client = new MlflowClient($"sqlite:///{disk.Path}/mlflow.db", Options with { Journal = Options.Journal with { Folder = Path.Combine(disk.Path, "journals") } });
        var run = client.CreateRun("0").Info.RunId;
        var told = 0;
        for (var step = 0; step < 3000; step++)
        {
            if (step == 100)
                disk.Fill();
            if (step == 2900)
                disk.Free();
            try
            {
                client.LogMetric(run, "loss", step, DateTimeOffset.UnixEpoch, step);
            }
            catch (MlflowException error) when (error.ErrorCode == ErrorCode.ResourceExhausted)
            {
                told++;
            }
        }

        return await Task.FromResult(Compare(client.GetMetricHistory(run, "loss"), 3000, told));
    }

    private async Task<Outcome?> SixteenProcessesAsync()
    {
        const int Each = 1500;
        const int Killed = 8;
        var run = NewRun();
        var trainings = Enumerable.Range(0, 16).Select(process => Training.Start(
            Folder.TrackingUri, run, Path.Combine(Folder.FullName, $"of{process}"), process * 1_000_000L, process < Killed ? 1_000_000 : Each)).ToList();
        try
        {
            var logged = new List<(int Process, long Values)>();
            for (var process = 0; process < 16; process++)
            {
                await trainings[process].ReachAsync(process < Killed ? 500 : Each);
                if (process < Killed)
                    await trainings[process].KillAsync();
                else
                    Assert.Equal(0, await trainings[process].EndAsync());
                logged.Add((process, trainings[process].Logged));
            }

            using var next = new MlflowClient(Folder.TrackingUri, Options);
            var history = next.GetMetricHistory(run, "loss");
            var total = new Outcome(0, 0, 0, 0);
            foreach (var (process, values) in logged)
                total += Compare([.. history.Where(point => point.Step / 1_000_000 == process)], values, 0, process * 1_000_000L);
            return total;
        }
        finally
        {
            trainings.ForEach(training => training.Dispose());
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

    private async Task<Outcome?> LockedAsync()
    {
        var (client, _) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Folder.DatabasePath};Pooling=False");
        other.Open();
        Execute("BEGIN EXCLUSIVE");
        for (var step = 0; step < 1000; step++)
            client.LogMetric(run, "loss", step, DateTimeOffset.UnixEpoch, step);
        client.SetTag(run, "t", "v");
        Assert.Contains(Warnings, warning => warning.Contains("locked by another process", StringComparison.Ordinal));
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

    /// <summary>What a next client finds of a run whose values are its steps; and the parameters and tags of <see cref="Training"/>.</summary>
    private async Task<Outcome> CheckAsync(string run, long logged)
    {
        using var next = new MlflowClient(Folder.TrackingUri, Options);
        var data = (await next.GetRunAsync(run, TestContext.Current.CancellationToken)).Data;
        var outcome = Compare(await next.GetMetricHistoryAsync(run, "loss", TestContext.Current.CancellationToken), logged, 0);
        if (data.Params.Count > 0)
        {
            // Step 250 n logs its parameter and tag before its value.
            Assert.Equal(Enumerable.Range(0, data.Params.Count).Select(n => $"p{n * 250}").Order(), data.Params.Keys.Order());
            Assert.InRange(data.Params.Count, (logged + 249) / 250, (logged / 250) + 1);
            Assert.InRange(long.Parse(data.Tags["step"], CultureInfo.InvariantCulture), (logged - 1) / 250 * 250, logged / 250 * 250);
        }

        return outcome;
    }

    private static Outcome Compare(IReadOnlyList<Metric> history, long logged, int told, long first = 0)
    {
        Assert.All(history, point => Assert.Equal(point.Step, (long)point.Value));
        var steps = history.Select(point => point.Step).ToHashSet();
        // The value whose call had not returned may be there.
        Assert.True(steps.Count == 0 || steps.Max() <= first + logged, "A value is there that nobody logged.");
        return new(logged, Enumerable.Range(0, (int)logged).Count(step => steps.Contains(first + step)), history.Count - steps.Count, told);
    }

    private sealed record Outcome(long Logged, long Found, long Duplicates, long Told)
    {
        public static Outcome operator +(Outcome one, Outcome other) =>
            new(one.Logged + other.Logged, one.Found + other.Found, one.Duplicates + other.Duplicates, one.Told + other.Told);
    }

    private sealed class PulledBackTime : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
    }
}
