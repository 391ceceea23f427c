namespace MLflowSharp.Tests.Fluent;

public sealed class ExperimentsTests : FluentTest
{
    [Fact]
    public void The_first_run_goes_to_the_experiment_Default()
    {
        using var run = Mlflow.StartRun();
        Assert.Equal("0", run.Info.ExperimentId);
    }

    [Fact]
    public void Setting_an_experiment_makes_it_once()
    {
        var first = Mlflow.SetExperiment("digits");
        Assert.Equal(first.ExperimentId, Mlflow.SetExperiment("digits").ExperimentId);
        using var run = Mlflow.StartRun();
        Assert.Equal(first.ExperimentId, run.Info.ExperimentId);
    }

    [Fact]
    public void A_deleted_experiment_is_not_set()
    {
        var id = Mlflow.CreateExperiment("gone");
        using var client = Folder.NewClient();
        client.DeleteExperiment(id);
        var error = Assert.Throws<MlflowException>(() => Mlflow.SetExperiment("gone"));
        Assert.Contains($"RestoreExperiment(\"{id}\")", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MLFLOW_EXPERIMENT_NAME_names_the_experiment_and_makes_it() => With("MLFLOW_EXPERIMENT_NAME", "from the environment", () =>
    {
        using var run = Mlflow.StartRun();
        Assert.Equal("from the environment", Mlflow.GetExperiment(run.Info.ExperimentId).Name);
    });

    [Fact]
    public void A_search_asks_the_current_experiment_unless_told_otherwise()
    {
        Mlflow.SetExperiment("first");
        Mlflow.Run("a", _ => { });
        Mlflow.SetExperiment("second");
        Mlflow.Run("b", _ => { });
        Assert.Equal(["b"], Mlflow.SearchRuns().Select(run => run.Info.RunName));
        Assert.Equal(["b", "a"], Mlflow.SearchRuns(["first", "second"], orderBy: ["attributes.run_name DESC"]).Select(run => run.Info.RunName));
        Assert.Contains("No experiment is named 'third'", Assert.Throws<MlflowException>(() => Mlflow.SearchRuns(["third"])).Message, StringComparison.Ordinal);
    }
}
