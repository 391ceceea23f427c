namespace MLflowSharp.TorchSharp.Tests.Autologging;

/// <summary>Into which run a training is logged, and how that run ends.</summary>
[Collection(nameof(OneAfterAnother))]
public sealed class RunOfTrainingTests : IDisposable
{
    private static readonly FitOptions Options = new() { Epochs = 2, BatchSize = 16, Progress = null };
    private readonly TrackingFolder _tracking = new();

    public void Dispose() => _tracking.Dispose();

    [Fact]
    public void Nothing_is_logged_before_it_is_asked_for()
    {
        Fit();

        Assert.Empty(_tracking.Runs());
    }

    [Fact]
    public void Nothing_is_logged_once_it_is_switched_off()
    {
        Mlflow.Autolog();
        Mlflow.Autolog(disable: true);

        Fit();

        Assert.Empty(_tracking.Runs());
    }

    [Fact]
    public void A_training_outside_any_run_gets_one_of_its_own_which_ends_with_it()
    {
        Mlflow.Autolog();

        Fit();

        var run = _tracking.OnlyRun();
        Assert.Equal(RunStatus.Finished, run.Info.Status);
        Assert.Equal("torchsharp", run.Data.Tags["mlflow.autologging"]);
        Assert.Null(Mlflow.ActiveRun);
        Assert.Equal([], _tracking.Warnings);
    }

    [Fact]
    public void A_training_in_the_users_run_is_logged_there_and_leaves_it_open()
    {
        Mlflow.Autolog();
        using var run = Mlflow.StartRun("3Layer_adam");

        Fit();
        Mlflow.LogMetric("test_accuracy", 0.9);

        var stored = _tracking.OnlyRun();
        Assert.Equal((run.RunId, RunStatus.Running), (stored.Info.RunId, stored.Info.Status));
        Assert.Equal("2", stored.Data.Params["epochs"]);
        Assert.False(stored.Data.Tags.ContainsKey("mlflow.autologging"));
        Assert.Equal(["accuracy", "loss", "test_accuracy"], stored.Data.Metrics.Keys.Order());
    }

    [Fact]
    public void A_training_in_a_nested_run_is_logged_to_the_child()
    {
        Mlflow.Autolog();
        using var parent = Mlflow.StartRun("both optimizers");
        using (var child = Mlflow.StartRun("adam", nested: true))
        {
            Fit();
            Assert.Equal("Adam", _tracking.Client.GetRun(child.RunId).Data.Params["opt_name"]);
        }

        Assert.Empty(_tracking.Client.GetRun(parent.RunId).Data.Params);
    }

    [Fact]
    public void The_users_run_is_left_alone_if_logging_is_exclusive()
    {
        Mlflow.Autolog(exclusive: true);
        using (Mlflow.StartRun("mine"))
            Fit();

        Assert.Empty(_tracking.OnlyRun().Data.Params);
    }

    [Fact]
    public void A_training_that_fails_marks_its_run_failed()
    {
        Mlflow.Autolog();

        Assert.Throws<InvalidOperationException>(() => Fit(progress: new Recorder(_ => throw new InvalidOperationException("no more"))));

        Assert.Equal(RunStatus.Failed, _tracking.OnlyRun().Info.Status);
        Assert.Equal("InvalidOperationException: no more", _tracking.OnlyRun().Data.Tags["error"]);
        Assert.DoesNotContain("model", _tracking.Client.ListArtifacts(_tracking.OnlyRun().Info.RunId).Select(entry => entry.Path));
    }

    [Fact]
    public void A_training_that_is_cancelled_marks_its_run_killed_and_keeps_the_epochs_done()
    {
        Mlflow.Autolog();
        using var cancellation = new CancellationTokenSource();
        var progress = new Recorder(report =>
        {
            if (report.Epoch == 1)
                cancellation.Cancel();
        });

        Assert.ThrowsAny<OperationCanceledException>(() => Fit(progress: progress, stop: cancellation));

        Assert.Equal(RunStatus.Killed, _tracking.OnlyRun().Info.Status);
        Assert.Equal([0], _tracking.History("loss").Select(point => point.Step));
    }

    [Fact]
    public void A_training_that_fails_leaves_the_users_run_open()
    {
        Mlflow.Autolog();
        using var run = Mlflow.StartRun();

        Assert.Throws<InvalidOperationException>(() => Fit(progress: new Recorder(_ => throw new InvalidOperationException())));

        Assert.Same(run, Mlflow.ActiveRun);
        Assert.Equal(RunStatus.Running, _tracking.OnlyRun().Info.Status);
    }

    [Fact]
    public void Bad_arguments_are_refused_before_a_run_is_started()
    {
        Mlflow.Autolog();

        Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer(Network(), new Adam()).Fit(
            SyntheticData.Create(), Options with { Epochs = 0 }, TestContext.Current.CancellationToken));

        Assert.Empty(_tracking.Runs());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_record_that_is_refused_is_warned_of_and_costs_nothing_else(bool silent)
    {
        Mlflow.Autolog(silent: silent);
        using (Mlflow.StartRun())
        {
            Mlflow.LogParam("epochs", 99);
            Assert.Equal(2, Fit().Epochs.Count);
        }

        Assert.Equal("99", _tracking.OnlyRun().Data.Params["epochs"]);
        Assert.Equal(2, _tracking.History("loss").Count);
        if (silent)
            Assert.Equal([], _tracking.Warnings);
        else
            Assert.StartsWith("Automatic logging: The parameters were not logged: ", Assert.Single(_tracking.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_that_the_database_did_not_take_come_with_the_next_ones()
    {
        Mlflow.Autolog(logModels: false);
        using var run = Mlflow.StartRun();
        var progress = new Recorder(report =>
        {
            // A deleted run takes no metrics.
            if (report is { Epoch: 0, EpochFinished: true })
                _tracking.Client.DeleteRun(run.RunId);
            else if (report is { Epoch: 1, EpochFinished: true })
                _tracking.Client.RestoreRun(run.RunId);
        });

        Fit(progress: progress);

        Assert.Equal([0, 1], _tracking.History("loss").Select(point => point.Step));
        Assert.Contains("tried again", Assert.Single(_tracking.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Batches_that_the_database_did_not_take_come_with_the_epoch_and_are_warned_of_once()
    {
        using var tracking = new TrackingFolder(new() { Enabled = false });
        TorchSharpAutolog.Autolog(logModels: false, everyNStep: 1);
        using var run = Mlflow.StartRun();
        var progress = new Recorder(report =>
        {
            // A deleted run takes no metrics.
            if (report is { Epoch: 0, Batch: 5, EpochFinished: false })
                tracking.Client.DeleteRun(run.RunId);
            else if (report is { Epoch: 0, Batch: 10, EpochFinished: false })
                tracking.Client.RestoreRun(run.RunId);
        });

        Fit(progress: progress);

        var steps = tracking.History("loss_step").Select(point => point.Step).ToList();
        Assert.Equal(Enumerable.Range(0, steps.Count).Select(step => (long)step), steps);
        Assert.True(steps.Count > 20);
        Assert.Contains("tried again with the epoch's", Assert.Single(tracking.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_place_to_log_to_the_training_goes_on()
    {
        var warnings = new List<string>();
        Mlflow.SetTrackingUri("sqlite:////proc/no/such/mlflow.db", new MlflowClientOptions { Warn = warnings.Add });
        Mlflow.Autolog();

        Assert.Equal(2, Fit().Epochs.Count);

        Assert.StartsWith("Automatic logging: No run was started", Assert.Single(warnings), StringComparison.Ordinal);
    }

    private static TrainingHistory Fit(IProgress<TrainingProgress>? progress = null, CancellationTokenSource? stop = null) =>
        new Trainer(Network(), new Adam()).Fit(SyntheticData.Create(), Options with { Progress = progress }, stop?.Token ?? TestContext.Current.CancellationToken);

    private static MultilayerPerceptron Network() => MultilayerPerceptron.Create(12, [16, 8], 3, seed: 7);
}
