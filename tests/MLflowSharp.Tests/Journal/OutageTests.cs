using Microsoft.Extensions.Time.Testing;

namespace MLflowSharp.Tests.Journal;

public sealed class OutageTests : JournalTest
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));

    protected override MlflowClientOptions Options => base.Options with { TimeProvider = _time };

    [Fact]
    public async Task An_outage_of_an_hour_is_told_once_and_loses_nothing()
    {
        var (client, faults) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 0);
        client.Flush();
        faults.Before = FaultyStore.Unreachable;

        for (var step = 1; step <= 1000; step++)
            client.LogMetric(run, "loss", step, step: step);
        client.LogParam(run, "epochs", 3);
        client.SetTag(run, "t", "v");
        client.SetTerminated(run);
        for (var minute = 0; minute < 60; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.Single(Stored(run));
        var told = await WarningAsync("does not take what is logged");
        Assert.Single(Warnings);
        Assert.Contains("does not take what is logged at present: Connection refused. Nothing is lost", told, StringComparison.Ordinal);
        Assert.Contains(JournalFolder, told, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.TemporarilyUnavailable, Assert.Throws<MlflowException>(client.Flush).ErrorCode);

        faults.Before = null;
        client.Flush();
        Assert.Equal(Enumerable.Range(0, 1001).Select(step => (double)step), Stored(run).Select(point => point.Value).Order());
        var stored = StoredRun(run);
        Assert.Equal(("3", "v", RunStatus.Finished), (stored.Data.Params["epochs"], stored.Data.Tags["t"], stored.Info.Status));
        Assert.Contains("takes what is logged again", Warnings.Last(), StringComparison.Ordinal);
        Assert.Equal(2, Warnings.Count);
    }

    [Fact]
    public async Task A_store_that_hangs_lets_one_caller_wait_and_no_other()
    {
        var (client, faults) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 0);
        client.Flush();
        var isHanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var mayAnswer = new ManualResetEventSlim();
        faults.Before = (_, _) =>
        {
            isHanging.TrySetResult();
            mayAnswer.Wait(TestContext.Current.CancellationToken);
        };
        var first = client.LogParamAsync(run, "a", 1, TestContext.Current.CancellationToken);
        await isHanging.Task;
        Assert.False(first.IsCompleted);
        _time.Advance(Options.Journal.AnswerTimeout);
        await first;
        Assert.Contains("has not answered for 120 s", Assert.Single(Warnings), StringComparison.Ordinal);

        // By the clock that stands still these would wait for ever.
        client.LogParam(run, "b", 2);
        client.SetTag(run, "t", "v");
        client.LogMetric(run, "loss", 1, step: 1);
        client.SetTerminated(run);
        mayAnswer.Set();
        client.Flush();
        var stored = StoredRun(run);
        Assert.Equal(("1", "2", "v", RunStatus.Finished), (stored.Data.Params["a"], stored.Data.Params["b"], stored.Data.Tags["t"], stored.Info.Status));
        Assert.Equal(2, Stored(run).Count);
        // The store answers again, and its answer is waited for.
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => client.LogParam(run, "a", 3)).ErrorCode);
    }

    [Fact]
    public async Task The_store_is_tried_again_by_itself()
    {
        var (client, faults) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        var failed = new SemaphoreSlim(0);
        var isBack = new TaskCompletionSource();
        faults.Before = (method, arguments) =>
        {
            failed.Release();
            FaultyStore.Unreachable(method, arguments);
        };
        client.LogMetric(run, "loss", 1);
        for (var attempt = 0; attempt < 4; attempt++)
        {
            await failed.WaitAsync(TestContext.Current.CancellationToken);
            if (attempt == 3)
            {
                faults.After = _ => isBack.TrySetResult();
                faults.Before = null;
            }

            // The pause begins a moment after the failure: time goes on until it is over.
            while (failed.CurrentCount == 0 && !isBack.Task.IsCompleted)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }
        }

        await isBack.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Single(Stored(run));
    }

    [Fact]
    public void A_write_whose_answer_was_lost_is_not_repeated_in_the_store()
    {
        var (client, faults) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        var lost = 0;
        faults.After = method =>
        {
            if (method == "LogBatchAsync" && Interlocked.Increment(ref lost) <= 2)
                FaultyStore.Unreachable(method, []);
        };
        for (var step = 0; step < 50; step++)
            client.LogMetric(run, "loss", step, step: step);
        while (lost < 3)
            TryFlush(client);
        client.SetTag(run, "t", 1);
        lost = 0;
        client.DeleteTag(run, "t");
        faults.After = null;
        client.Flush();
        Assert.Equal(50, Stored(run).Count);
    }

    [Fact]
    public void A_value_that_the_store_refuses_later_is_told_kept_and_stops_no_other()
    {
        var (client, _) = NewClient();
        var (doomed, other) = (client.CreateRun("0").Info.RunId, client.CreateRun("0").Info.RunId);
        client.LogMetric(doomed, "loss", 1);
        client.Flush();
        // As another process would.
        using (var elsewhere = new MlflowClient(Folder.TrackingUri, Options with { Journal = new() { Enabled = false } }))
            elsewhere.DeleteRun(doomed);
        for (var step = 0; step < 20; step++)
        {
            client.LogMetric(doomed, "late", step, step: step);
            client.LogMetric(other, "loss", step, step: step);
        }

        var error = Assert.Throws<MlflowException>(client.Flush);

        Assert.Contains($"logged earlier to run '{doomed}' was refused", error.Message, StringComparison.Ordinal);
        var rejected = Directory.GetFiles(JournalFolder, "*.rejected").Single();
        Assert.Contains(rejected, error.Message, StringComparison.Ordinal);
        Assert.Equal(20, File.ReadAllLines(rejected).Length);
        Assert.Contains($"\"run_id\":\"{doomed}\",\"what\":\"Batch\",\"metrics\":[{{\"key\":\"late\",\"value\":0", File.ReadAllLines(rejected)[0], StringComparison.Ordinal);
        Assert.Equal((20, 0), (Stored(other).Count, Stored(doomed, "late").Count));
        client.Flush();
    }

    [Fact]
    public void What_was_refused_is_told_by_the_next_call_of_that_run_and_by_its_end()
    {
        var (client, faults) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 1);
        client.Flush();
        faults.Before = (method, arguments) =>
        {
            if (method == "LogBatchAsync" && ((IReadOnlyList<Metric>)arguments[1]!).Any(metric => metric.Value < 0))
                throw new MlflowException("No negative values here.", ErrorCode.InvalidParameterValue);
        };
        foreach (var end in (Action[])[() => client.LogMetric(run, "loss", 2), () => client.SetTag(run, "t", 1), () => client.SetTerminated(run)])
        {
            client.LogMetric(run, "loss", -1);
            client.GetRun(run);
            Assert.Contains("No negative values here.", Assert.Throws<MlflowException>(end).Message, StringComparison.Ordinal);
        }

        Assert.Equal(RunStatus.Finished, StoredRun(run).Info.Status);
        Assert.Single(Stored(run));
    }

    [Fact]
    public void A_record_at_which_the_server_fails_again_and_again_is_set_aside_for_the_others()
    {
        var (client, faults) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        client.LogMetric(run, "loss", 0);
        client.Flush();
        faults.Before = (method, arguments) =>
        {
            if (method == "LogBatchAsync" && ((IReadOnlyList<Metric>)arguments[1]!).Any(metric => metric.Step == 7))
                throw new MlflowException("Internal Server Error", ErrorCode.InternalError);
        };
        for (var step = 1; step <= 20; step++)
            client.LogMetric(run, "loss", step, step: step);
        var attempts = 1;
        MlflowException error;
        for (; (error = Assert.Throws<MlflowException>(client.Flush)).ErrorCode == ErrorCode.TemporarilyUnavailable; attempts++)
            Assert.True(attempts < 10, error.Message);

        Assert.Equal((ErrorCode.InternalError, 4), (error.ErrorCode, attempts));
        client.SetTerminated(run);
        Assert.Equal(Enumerable.Range(0, 21).Where(step => step != 7).Select(step => (long)step), Stored(run).Select(point => point.Step).Order());
        Assert.Single(File.ReadAllLines(Directory.GetFiles(JournalFolder, "*.rejected").Single()));
    }

    [Fact]
    public void A_server_that_fails_at_everything_gets_everything_later()
    {
        var (client, faults) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        faults.Before = (_, _) => throw new MlflowException("Internal Server Error", ErrorCode.InternalError);
        for (var step = 0; step < 20; step++)
            client.LogMetric(run, "loss", step, step: step);
        for (var attempt = 0; attempt < 8; attempt++)
            Assert.Throws<MlflowException>(client.Flush);
        faults.Before = null;
        client.Flush();
        Assert.Equal(20, Stored(run).Count);
        Assert.Empty(Directory.GetFiles(JournalFolder, "*.rejected"));
    }

    [Fact]
    public void A_parameter_that_the_server_fails_at_is_told_to_its_caller()
    {
        var (client, faults) = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        faults.Before = (_, _) => throw new MlflowException("Not for you.", ErrorCode.PermissionDenied);
        Assert.Equal(ErrorCode.PermissionDenied, Assert.Throws<MlflowException>(() => client.LogParam(run, "epochs", 1)).ErrorCode);
        faults.Before = null;
        client.Flush();
        Assert.Empty(StoredRun(run).Data.Params);
    }

    [Fact]
    public void What_cannot_be_written_before_the_end_is_left_to_the_next_process_and_told()
    {
        var (client, faults) = NewClient(Impatient);
        var run = client.CreateRun("0").Info.RunId;
        faults.Before = FaultyStore.Unreachable;
        for (var step = 0; step < 5; step++)
            client.LogMetric(run, "loss", step, step: step);
        client.Dispose();

        Assert.Contains("5 records could not be written", Warnings.Last(), StringComparison.Ordinal);
        Assert.Empty(Stored(run));
        using var next = new MlflowClient(Folder.TrackingUri, Options);
        Assert.Equal(5, next.GetMetricHistory(run, "loss").Count);
        Assert.Contains("5 records that it had logged were not in the store yet and are now", Warnings.Last(), StringComparison.Ordinal);
    }

    private static void TryFlush(MlflowClient client)
    {
        try
        {
            client.Flush();
        }
        catch (MlflowException error) when (error.ErrorCode == ErrorCode.TemporarilyUnavailable)
        {
            // Not yet.
        }
    }
}
