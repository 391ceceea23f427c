namespace MLflowSharp.Tests.Journal.Faults;

public sealed partial class FaultTableTests
{
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
            total += Outcome.Of(next.GetMetricHistory(run, "loss"), logged, 0);
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
                total += Outcome.Of([.. history.Where(point => point.Step / 1_000_000 == process)], values, 0, process * 1_000_000L);
            return total;
        }
        finally
        {
            trainings.ForEach(training => training.Dispose());
        }
    }
}
