namespace MLflowSharp.Tests.Journal.Faults;

public sealed partial class FaultTableTests
{
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
        return await Task.FromResult(Outcome.Of(client.GetMetricHistory(run, "loss"), 3000, 0));
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

        return await Task.FromResult(Outcome.Of(client.GetMetricHistory(run, "loss"), 3000, told));
    }
}
