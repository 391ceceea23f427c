namespace MLflowSharp.Tests.Fluent;

public sealed class ReadingTests : FluentTest
{
    [Fact]
    public void The_parent_of_a_nested_run_is_found_and_others_have_none()
    {
        using var parent = Mlflow.StartRun();
        using var child = Mlflow.StartRun(nested: true);
        Assert.Equal(parent.RunId, Mlflow.GetParentRun(child.RunId)!.Info.RunId);
        Assert.Null(Mlflow.GetParentRun(parent.RunId));
    }

    [Fact]
    public void The_last_run_is_known_after_it_ended_and_as_it_is_now()
    {
        using (var first = Mlflow.StartRun())
            Assert.Equal(first.RunId, Mlflow.LastActiveRun()!.Info.RunId);
        var second = Mlflow.StartRun();
        Mlflow.LogMetric("m", 1);
        second.End(RunStatus.Killed);
        var last = Mlflow.LastActiveRun()!;
        Assert.Equal((second.RunId, RunStatus.Killed, 1), (last.Info.RunId, last.Info.Status, last.Data.Metrics["m"]));
    }

    [Fact]
    public void The_artifacts_address_is_the_runs_with_a_checked_path()
    {
        using var run = Mlflow.StartRun();
        Assert.Equal(run.Info.ArtifactUri, Mlflow.GetArtifactUri());
        Assert.Equal($"{run.Info.ArtifactUri}/plots/loss.svg", Mlflow.GetArtifactUri("plots/./loss.svg"));
        Assert.Throws<MlflowException>(() => Mlflow.GetArtifactUri("../x"));
    }

    [Fact]
    public void All_pages_of_experiments_are_returned_and_no_more_than_asked_for()
    {
        using var client = Folder.NewClient();
        for (var number = 0; number < 1002; number++)
            client.CreateExperiment($"e{number}");
        Assert.Equal(1003, Mlflow.SearchExperiments().Count);
        Assert.Equal(1001, Mlflow.SearchExperiments(maxResults: 1001).Count);
        Assert.Equal(["e7"], Mlflow.SearchExperiments(filter: "name = 'e7'").Select(experiment => experiment.Name));
    }

    [Fact]
    public void Tags_of_the_current_experiment_are_set_with_the_text_of_Python()
    {
        var id = Mlflow.SetExperiment("digits").ExperimentId;
        Mlflow.SetExperimentTags(new Dictionary<string, object?> { ["a"] = true, ["b"] = null });
        Mlflow.SetExperimentTag("c", 0.5);
        Assert.Equal(new Dictionary<string, string> { ["a"] = "True", ["b"] = "None", ["c"] = "0.5" }, Mlflow.GetExperiment(id).Tags);
        Mlflow.DeleteExperimentTag("b");
        Assert.Equal(["a", "c"], Mlflow.GetExperiment(id).Tags.Keys.Order());
        Assert.Equal(ErrorCode.ResourceDoesNotExist, Assert.Throws<MlflowException>(() => Mlflow.DeleteExperimentTag("b")).ErrorCode);
    }

    [Fact]
    public void What_was_deleted_can_be_restored()
    {
        var id = Mlflow.SetExperiment("digits").ExperimentId;
        string run;
        using (var active = Mlflow.StartRun())
            run = active.RunId;
        Mlflow.DeleteRun(run);
        Mlflow.RestoreRun(run);
        Mlflow.DeleteExperiment(id);
        Assert.Equal(LifecycleStage.Deleted, Mlflow.GetRun(run).Info.LifecycleStage);
        Mlflow.RestoreExperiment(id);
        Assert.Equal(LifecycleStage.Active, Mlflow.GetRun(run).Info.LifecycleStage);
    }

    [Fact]
    public void It_is_known_whether_anyone_said_where_runs_are_kept()
    {
        Assert.True(Mlflow.IsTrackingUriSet());
        Mlflow.SetTrackingUri("");
        Assert.False(Mlflow.IsTrackingUriSet());
        With("MLFLOW_TRACKING_URI", Folder.TrackingUri, () => Assert.True(Mlflow.IsTrackingUriSet()));
    }
}
