namespace MLflowSharp.Tests.Journal;

public sealed class JournaledLoggingTests : JournalTest
{
    [Fact]
    public void A_metric_of_a_known_run_does_not_wait_for_the_store()
    {
        var (client, faults) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 0, DateTimeOffset.UnixEpoch, 0);
        using var mayWrite = new ManualResetEventSlim();
        faults.Before = (_, _) => mayWrite.Wait(TestContext.Current.CancellationToken);

        for (var step = 1; step <= 2500; step++)
            client.LogMetric(run, "loss", step, DateTimeOffset.UnixEpoch, step);
        mayWrite.Set();

        Assert.Equal(Enumerable.Range(0, 2501).Select(step => (double)step), client.GetMetricHistory(run, "loss").Select(point => point.Value));
        Assert.InRange(faults.Calls.Count(call => call == "LogBatchAsync"), 3, 8);
    }

    [Fact]
    public void Logging_a_metric_allocates_nothing()
    {
        var (client, faults) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 0);
        client.Flush();
        using var mayWrite = new ManualResetEventSlim();
        faults.Before = (_, _) => mayWrite.Wait(TestContext.Current.CancellationToken);
        client.LogMetric(run, "loss", 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 1000; step++)
            client.LogMetric(run, "loss", step, step: step);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        mayWrite.Set();
        // Else the writer would find the event disposed, take that for an outage, and try again for two minutes.
        client.Flush();
        Assert.InRange(allocated, 0, 1000);
    }

    [Fact]
    public void A_run_that_is_not_there_is_refused_by_the_first_metric_already()
    {
        var (client, _) = NewClient();
        var missing = new string('0', 32);
        Assert.Equal(ErrorCode.ResourceDoesNotExist, Assert.Throws<MlflowException>(() => client.LogMetric(missing, "loss", 1)).ErrorCode);

        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 1);
        client.DeleteRun(run);
        Assert.Contains("'active' state", Assert.Throws<MlflowException>(() => client.LogMetric(run, "loss", 2)).Message, StringComparison.Ordinal);
        Assert.Single(client.GetMetricHistory(run, "loss"));
        Assert.Empty(Warnings);
    }

    [Fact]
    public void A_run_that_another_client_of_the_process_deleted_is_refused_at_once()
    {
        var (client, _) = NewClient();
        var (other, _) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 1);
        other.DeleteRun(run);
        Assert.Throws<MlflowException>(() => client.LogMetric(run, "loss", 2));
        other.RestoreRun(run);
        client.LogMetric(run, "loss", 3);
        other.DeleteExperiment(other.CreateExperiment("x"));
        Assert.Equal(2, other.GetMetricHistory(run, "loss").Count);
        Assert.Empty(Warnings);
    }

    [Fact]
    public void A_changed_parameter_is_refused_at_once_and_nothing_stays_behind()
    {
        var (client, _) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        client.LogParam(run, "epochs", 1);
        client.LogMetric(run, "loss", 1);

        var error = Assert.Throws<MlflowException>(() => client.LogBatch(run, [new("loss", 2, 0)], [new("epochs", "2")], [new("t", "v")]));

        Assert.Contains("Changing param values is not allowed", error.Message, StringComparison.Ordinal);
        client.LogMetric(run, "loss", 3);
        var data = client.GetRun(run).Data;
        Assert.Equal("1", data.Params["epochs"]);
        Assert.DoesNotContain("t", data.Tags.Keys);
        Assert.Equal(2, client.GetMetricHistory(run, "loss").Count);
    }

    [Fact]
    public void Bad_input_is_refused_before_it_is_in_the_journal()
    {
        var (client, _) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 1);
        client.Flush();
        var before = Segments().Sum(path => new FileInfo(path).Length);

        Action[] bad =
        [
            () => client.LogMetric(run, "../../etc/passwd", 1), () => client.LogMetric(run, "a\nb", 1), () => client.LogMetric(run, "", 1),
            () => client.LogMetric(run, "loss", 1, DateTimeOffset.FromUnixTimeMilliseconds(-1)), () => client.LogMetric("../x", "loss", 1),
            () => client.LogParam(run, "/absolute", 1), () => client.SetTag(run, "a//b", 1), () => client.SetTag(run, new string('k', 251), 1),
            () => client.LogInputs(run, [new(new("", "1", "local", "{}"), [])]),
        ];
        Assert.All(bad, action => Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(action).ErrorCode));
        Assert.Equal(before, Segments().Sum(path => new FileInfo(path).Length));
    }

    [Fact]
    public void Values_that_MLflow_shortens_or_replaces_are_stored_as_it_does()
    {
        var (client, _) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        client.LogBatch(run, [new("nan", double.NaN, 1), new("up", double.PositiveInfinity, 1), new("down", double.NegativeInfinity, 1)]);
        client.SetTag(run, "long", new string('é', 10_000_000));
        client.LogBatch(run, [.. Enumerable.Range(0, 1001).Select(step => new Metric("many", step, step, step))]);

        var data = client.GetRun(run).Data;
        Assert.Equal((double.NaN, double.MaxValue, double.MinValue), (data.Metrics["nan"], data.Metrics["up"], data.Metrics["down"]));
        Assert.Equal(new string('é', 8000), data.Tags["long"]);
        Assert.Equal(1001, client.GetMetricHistory(run, "many").Count);
        Assert.Contains("is truncated to 8000 characters", Assert.Single(Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_is_in_the_store_in_the_order_of_the_calls()
    {
        var (client, _) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        for (var i = 0; i < 300; i++)
        {
            client.LogMetric(run, "loss", i, DateTimeOffset.UnixEpoch, i);
            if (i % 100 == 0)
                client.SetTag(run, "last", i);
        }

        client.DeleteTag(run, "last");
        client.SetTag(run, "last", "end");
        client.LogInputs(run, [new(new("mnist", "1", "local", "{}"), [new("rows", "60000")])]);
        client.SetTerminated(run, RunStatus.Failed, DateTimeOffset.FromUnixTimeMilliseconds(5));

        var stored = StoredRun(run);
        Assert.Equal((RunStatus.Failed, 5L), (stored.Info.Status, stored.Info.EndTime!.Value.ToUnixTimeMilliseconds()));
        Assert.Equal(("end", "mnist"), (stored.Data.Tags["last"], Assert.Single(stored.Inputs.DatasetInputs).Dataset.Name));
        Assert.Equal(300, Stored(run).Count);
    }

    [Fact]
    public void Other_clients_of_the_process_see_what_was_logged()
    {
        var (first, _) = NewClient();
        var (second, _) = NewClient();
        var run = first.CreateRun("0").Info.RunId;
        for (var step = 0; step < 100; step++)
        {
            first.LogMetric(run, "loss", step, DateTimeOffset.UnixEpoch, step);
            Assert.Equal(step + 1, second.GetMetricHistory(run, "loss").Count);
        }
    }

    [Fact]
    public void Nothing_is_left_beside_the_database_when_all_is_stored()
    {
        var (client, _) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        for (var step = 0; step < 100; step++)
            client.LogMetric(run, "loss", step, DateTimeOffset.UnixEpoch, step);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var path in Directory.GetFiles(JournalFolder))
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        client.Dispose();
        client.Dispose();

        Assert.Equal([Folder.DatabasePath], Directory.GetFileSystemEntries(Folder.FullName));
        Assert.Equal(100, Stored(run).Count);
        Assert.Empty(Warnings);
        Assert.Throws<ObjectDisposedException>(() => client.LogMetric(run, "loss", 1));
    }

    [Fact]
    public void What_was_logged_just_before_the_end_is_stored_before_the_database_is_closed()
    {
        var (client, _) = NewClient(Options with { Journal = Options.Journal with { WriteDelay = TimeSpan.FromHours(1) } });
        var run = client.CreateRun("0").Info.RunId;
        for (var step = 0; step < 100; step++)
            client.LogMetric(run, "loss", step, DateTimeOffset.UnixEpoch, step);
        client.Dispose();

        Assert.Equal((100, 0), (Stored(run).Count, Warnings.Count));
        Assert.Equal([Folder.DatabasePath], Directory.GetFileSystemEntries(Folder.FullName));
    }

    [Fact]
    public void A_folder_that_is_removed_under_a_client_does_not_break_it()
    {
        var (client, _) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 1);
        client.Flush();
        Directory.Delete(JournalFolder, recursive: true);
        client.LogMetric(run, "loss", 2);
        Assert.Equal(2, client.GetMetricHistory(run, "loss").Count);
        client.Dispose();
        Assert.Empty(Warnings);
    }

    [Fact]
    public void Without_a_journal_each_call_asks_the_store()
    {
        using var client = new MlflowClient(Folder.TrackingUri, Options with { Journal = new() { Enabled = false } });
        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 1);
        client.Flush();
        Assert.Single(Stored(run));
        Assert.False(Directory.Exists(JournalFolder));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_waits_is_not_written_later()
    {
        var (client, faults) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 1);
        client.Flush();
        using var isWriting = new ManualResetEventSlim();
        using var mayWrite = new ManualResetEventSlim();
        faults.Before = (_, _) =>
        {
            isWriting.Set();
            mayWrite.Wait(TestContext.Current.CancellationToken);
        };
        var first = client.SetTagAsync(run, "first", 1, TestContext.Current.CancellationToken);
        isWriting.Wait(TestContext.Current.CancellationToken);
        using var giveUp = new CancellationTokenSource();
        var second = client.SetTagAsync(run, "second", 2, giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        mayWrite.Set();
        await first;

        var tags = (await client.GetRunAsync(run, TestContext.Current.CancellationToken)).Data.Tags;
        Assert.Equal((true, false), (tags.ContainsKey("first"), tags.ContainsKey("second")));
    }
}
