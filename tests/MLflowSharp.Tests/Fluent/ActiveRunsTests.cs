namespace MLflowSharp.Tests.Fluent;

public sealed class ActiveRunsTests : FluentTest
{
    [Fact]
    public void Runs_are_nested_as_deep_as_wanted_and_each_end_returns_to_the_parent()
    {
        using var first = Mlflow.StartRun("1");
        using (var second = Mlflow.StartRun("2", nested: true))
        {
            using (var third = Mlflow.StartRun("3", nested: true))
            {
                Assert.Same(third, Mlflow.ActiveRun);
                Assert.Equal(second.RunId, Mlflow.GetRun(third.RunId).Data.Tags["mlflow.parentRunId"]);
            }

            Assert.Same(second, Mlflow.ActiveRun);
        }

        Assert.Same(first, Mlflow.ActiveRun);
    }

    [Fact]
    public void A_parent_that_ends_first_leaves_the_child_active()
    {
        var parent = Mlflow.StartRun("parent");
        using var child = Mlflow.StartRun("child", nested: true);
        parent.Dispose();
        Assert.Same(child, Mlflow.ActiveRun);
        Mlflow.EndRun();
        Assert.Null(Mlflow.ActiveRun);
    }

    [Fact]
    public void Ending_twice_keeps_the_first_status()
    {
        using (var run = Mlflow.StartRun())
        {
            Mlflow.EndRun(RunStatus.Failed);
            run.Dispose();
            Assert.Equal(RunStatus.Failed, Mlflow.GetRun(run.RunId).Info.Status);
        }

        Mlflow.EndRun();
    }

    [Fact]
    public async Task Asynchronous_flows_log_to_the_run_they_started()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(FlowAsync));
        foreach (var (index, runId) in runs)
            Assert.Equal((index, 5), ((int)Mlflow.GetRun(runId).Data.Metrics["m"], Points(runId)));

        static async Task<(int, string)> FlowAsync(int index)
        {
            await Task.Yield();
            await using var run = await Mlflow.StartRunAsync($"flow {index}", nested: true, cancellationToken: TestContext.Current.CancellationToken);
            for (var step = 0; step < 5; step++)
            {
                await Mlflow.LogMetricAsync("m", index, step);
                await Task.Delay(1);
            }

            return (index, run.RunId);
        }

        int Points(string runId)
        {
            using var client = Folder.NewClient();
            return client.GetMetricHistory(runId, "m").Count;
        }
    }

    [Fact]
    public async Task A_cancelled_action_marks_its_run_killed()
    {
        var runId = "";
        await Assert.ThrowsAsync<OperationCanceledException>(() => Mlflow.RunAsync("stopped", run =>
        {
            runId = run.RunId;
            throw new OperationCanceledException();
        }, TestContext.Current.CancellationToken));
        Assert.Equal(RunStatus.Killed, Mlflow.GetRun(runId).Info.Status);
    }

    [Fact]
    public void A_run_may_name_a_parent_that_is_not_active()
    {
        var parent = Mlflow.StartRun().RunId;
        Mlflow.EndRun();
        using var child = Mlflow.StartRun(parentRunId: parent);
        Assert.Equal(parent, Mlflow.GetRun(child.RunId).Data.Tags["mlflow.parentRunId"]);
    }

    [Fact]
    public void Another_parent_than_the_active_run_is_refused()
    {
        var other = Mlflow.StartRun().RunId;
        Mlflow.EndRun();
        using var active = Mlflow.StartRun();
        var error = Assert.Throws<MlflowException>(() => Mlflow.StartRun(nested: true, parentRunId: other));
        Assert.Contains($"{active.RunId} does not match the specified parentRunId {other}", error.Message, StringComparison.Ordinal);
        Assert.Same(active, Mlflow.ActiveRun);
    }

    [Fact]
    public void A_run_that_cannot_be_started_leaves_none_active()
    {
        Assert.Throws<MlflowException>(() => Mlflow.StartRun(experimentId: "99"));
        Assert.Throws<MlflowException>(() => Mlflow.StartRun(runId: "0123456789abcdef0123456789abcdef"));
        Assert.Null(Mlflow.ActiveRun);
    }

    [Fact]
    public void A_deleted_run_is_not_resumed()
    {
        var run = Mlflow.StartRun().RunId;
        Mlflow.EndRun();
        Mlflow.DeleteRun(run);
        Assert.Contains("deleted state", Assert.Throws<MlflowException>(() => Mlflow.StartRun(runId: run)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_first_run_resumes_MLFLOW_RUN_ID()
    {
        var run = Mlflow.StartRun("first").RunId;
        Mlflow.EndRun();
        With("MLFLOW_RUN_ID", run, () =>
        {
            using (var resumed = Mlflow.StartRun())
                Assert.Equal(run, resumed.RunId);
            using var next = Mlflow.StartRun();
            Assert.NotEqual(run, next.RunId);
        });
    }

    [Fact]
    public void A_run_outlives_a_change_of_the_tracking_address()
    {
        using var other = new TemporaryFolder();
        var run = Mlflow.StartRun();
        Mlflow.SetTrackingUri(other.TrackingUri, other.Options);
        Mlflow.LogMetric("m", 1);
        Mlflow.EndRun();
        using var client = Folder.NewClient();
        Assert.Equal((1.0, RunStatus.Finished), (client.GetRun(run.RunId).Data.Metrics["m"], client.GetRun(run.RunId).Info.Status));
        Mlflow.SetTrackingUri(Folder.TrackingUri, Folder.Options);
    }
}
