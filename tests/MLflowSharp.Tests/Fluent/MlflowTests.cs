namespace MLflowSharp.Tests.Fluent;

[Collection(nameof(OneAfterAnother))]
public sealed class MlflowTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MlflowTests() => Mlflow.SetTrackingUri(_folder.TrackingUri, _folder.Options);

    public void Dispose()
    {
        while (Mlflow.ActiveRun is not null)
            Mlflow.EndRun();
        Mlflow.SetTrackingUri("");
        _folder.Dispose();
    }

    [Fact]
    public void A_run_keeps_everything_that_was_logged_to_it()
    {
        Mlflow.SetExperiment("digits");
        string runId;
        using (var run = Mlflow.StartRun("first", description: "a *note*", tags: new Dictionary<string, string> { ["team"] = "vision" }))
        {
            runId = run.RunId;
            Mlflow.LogParam("epochs", 10);
            Mlflow.LogParams(new { learning_rate = 0.001, shuffle = true, layers = new[] { 128, 64 }, nothing = (string?)null });
            Mlflow.LogParams(new Dictionary<string, object?> { ["dropout"] = 0.5 });
            for (var step = 0; step < 3; step++)
                Mlflow.LogMetrics(new Dictionary<string, double> { ["loss"] = 1.0 / (step + 1), ["accuracy"] = 0.9 }, step);
            Mlflow.SetTag("flag", false);
            Mlflow.LogInput(new("mnist", "6bbc9ace", "local", """{"uri": "data/mnist"}"""), "train");
            Mlflow.LogText("hello", "notes/readme.txt");
            Mlflow.LogDict(new { a = 1, b = new[] { 0.5 } }, "config.json");
        }

        var stored = Mlflow.GetRun(runId);
        Assert.Equal(("first", RunStatus.Finished), (stored.Info.RunName, stored.Info.Status));
        Assert.NotNull(stored.Info.EndTime);
        Assert.Equal(
            new Dictionary<string, string> { ["epochs"] = "10", ["learning_rate"] = "0.001", ["shuffle"] = "True", ["layers"] = "[128, 64]", ["nothing"] = "None", ["dropout"] = "0.5" },
            stored.Data.Params);
        Assert.Equal(new Dictionary<string, double> { ["loss"] = 1.0 / 3, ["accuracy"] = 0.9 }, stored.Data.Metrics);
        Assert.Equal(["vision", "False", "a *note*", "first"], ((string[])["team", "flag", "mlflow.note.content", "mlflow.runName"]).Select(key => stored.Data.Tags[key]));
        Assert.Equal(new InputTag("mlflow.data.context", "train"), Assert.Single(Assert.Single(stored.Inputs.DatasetInputs).Tags));
        using var client = _folder.NewClient();
        Assert.Equal(["config.json", "notes"], client.ListArtifacts(runId).Select(entry => entry.Path));
        Assert.Equal("hello", File.ReadAllText(client.DownloadArtifacts(runId, "notes/readme.txt")));
        Assert.Equal(stored.Info.RunId, Assert.Single(Mlflow.SearchRuns(["digits"], filter: "params.epochs = '10' and metrics.loss < 0.5")).Info.RunId);
    }

    [Fact]
    public async Task An_asynchronously_started_run_is_active_for_the_caller()
    {
        await using var run = await Mlflow.StartRunAsync("async", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(run.RunId, Mlflow.ActiveRun?.RunId);
        await Mlflow.LogMetricAsync("loss", 0.5, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0.5, Mlflow.GetRun(run.RunId).Data.Metrics["loss"]);
    }

    [Fact]
    public void Logging_without_a_run_starts_one()
    {
        Mlflow.LogParam("a", 1);
        var run = Mlflow.ActiveRun;
        Mlflow.LogMetric("b", 2);
        Assert.NotNull(run);
        Assert.Same(run, Mlflow.ActiveRun);
        Assert.Equal(RunStatus.Running, Mlflow.GetRun(run.RunId).Info.Status);
    }

    [Fact]
    public void A_second_run_must_be_nested_and_names_its_parent()
    {
        using var parent = Mlflow.StartRun();
        var error = Assert.Throws<MlflowException>(() => Mlflow.StartRun());
        Assert.Contains("nested: true", error.Message, StringComparison.Ordinal);

        using (var child = Mlflow.StartRun(nested: true))
            Assert.Equal(parent.RunId, Mlflow.GetRun(child.RunId).Data.Tags["mlflow.parentRunId"]);
        Assert.Same(parent, Mlflow.ActiveRun);
    }

    [Fact]
    public async Task A_run_started_in_another_flow_is_active_in_the_next_one_as_between_notebook_cells()
    {
        ActiveRun? started = null;
        await Cell(async () => started = await Mlflow.StartRunAsync("cell one"));
        await Cell(async () => await Mlflow.LogParamAsync("epochs", 3));
        await Cell(() => Mlflow.EndRunAsync());

        var run = Mlflow.GetRun(started!.RunId);
        Assert.Equal("3", run.Data.Params["epochs"]);
        Assert.Equal(RunStatus.Finished, run.Info.Status);
        Assert.Null(Mlflow.ActiveRun);

        static async Task Cell(Func<Task> body) => await body();
    }

    [Fact]
    public async Task Nested_runs_in_parallel_do_not_mix()
    {
        using var parent = Mlflow.StartRun("sweep");
        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
        {
            using var child = Mlflow.StartRun($"child {i}", nested: true);
            Mlflow.LogParam("i", i);
            Mlflow.LogMetric("m", i);
            return (i, child.RunId);
        })));

        Assert.All(runs, run => Assert.Equal($"{run.i}", Mlflow.GetRun(run.RunId).Data.Params["i"]));
        Assert.Empty(Mlflow.GetRun(parent.RunId).Data.Params);
        Assert.Same(parent, Mlflow.ActiveRun);
    }

    [Fact]
    public void A_run_whose_action_throws_is_marked_failed()
    {
        var runId = "";
        Assert.Throws<InvalidOperationException>(() => Mlflow.Run("broken", run =>
        {
            runId = run.RunId;
            throw new InvalidOperationException();
        }));
        Assert.Equal(RunStatus.Failed, Mlflow.GetRun(runId).Info.Status);
        Assert.Null(Mlflow.ActiveRun);
    }

    [Fact]
    public void A_run_can_be_resumed()
    {
        var first = Mlflow.StartRun("again");
        Mlflow.EndRun(RunStatus.Failed);
        using (Mlflow.StartRun(runId: first.RunId))
            Mlflow.LogMetric("late", 1);
        var run = Mlflow.GetRun(first.RunId);
        Assert.Equal((RunStatus.Finished, 1.0), (run.Info.Status, run.Data.Metrics["late"]));
    }

    [Fact]
    public void Autolog_stores_its_options()
    {
        Assert.True(Autologging.Of("any").Disable);
        Mlflow.Autolog(logModels: false, silent: true);
        Assert.Equal(new Autologging(LogModels: false, Silent: true), Autologging.Of("any"));
        Mlflow.Autolog(disable: true);
    }
}
