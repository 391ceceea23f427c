using MLflowSharp;

namespace Tutorial.Helpers.Tests.Preparing;

[Collection(nameof(OneAfterAnother))]
public sealed class PreparedRunsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("prepared-").FullName;

    public PreparedRunsTests() =>
        Mlflow.SetTrackingUri($"sqlite:///{_folder}/mlflow.db", new MlflowClientOptions { DefaultArtifactRoot = Path.Combine(_folder, "artifacts") });

    public void Dispose()
    {
        Mlflow.Autolog(disable: true);
        Mlflow.SetTrackingUri("");
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void What_an_earlier_lesson_left_is_used_and_only_the_rest_is_made()
    {
        Assert.StartsWith("Made for this lesson, as lesson 03 was not run here: 3Layer_adagrad and 3Layer_adam,", PreparedRuns.TwoOptimizers(), StringComparison.Ordinal);

        var made = Mlflow.SearchRuns([PreparedRuns.Experiment]);
        Assert.Equal(["3Layer_adagrad", "3Layer_adam"], made.Select(run => run.Info.RunName).Order());
        Assert.All(made, run => Assert.Equal((RunStatus.Finished, "0.001"), (run.Info.Status, run.Data.Params["opt_learning_rate"])));
        using (var model = Mlflow.LoadModel($"runs:/{made[0].Info.RunId}/model"))
            Assert.Equal(["float32 (-1, 784)"], model.Signature!.Inputs.Select(input => input.ToString()));

        Assert.Equal("The experiment 'optimizers' has its runs: 3Layer_adagrad and 3Layer_adam.", PreparedRuns.TwoOptimizers());
        Assert.Equal(2, Mlflow.SearchRuns([PreparedRuns.Experiment]).Count);

        Mlflow.DeleteRun(made.Single(run => run.Info.RunName == "3Layer_adam").Info.RunId);
        Assert.Contains("not run here: 3Layer_adam, 2 epochs", PreparedRuns.TwoOptimizers(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_registered_model_gets_a_champion_and_a_challenger_where_it_has_none()
    {
        Assert.EndsWith("Of the model 'mnist' the champion is version 2, the challenger version 1.", PreparedRuns.ChampionAndChallenger(), StringComparison.Ordinal);
        using var client = new MlflowClient();
        Assert.Equal("3Layer_adam", Mlflow.GetRun(client.GetModelVersionByAlias("mnist", "champion").RunId!).Info.RunName);

        // As the lesson about the registry leaves it, and as its readers may.
        client.DeleteRegisteredModelAlias("mnist", "challenger");
        Assert.Equal("Of the model 'mnist' the champion is version 2, the challenger version 1.", PreparedRuns.ChampionAndChallenger());
        client.SetRegisteredModelAlias("mnist", "champion", "1");
        client.SetRegisteredModelAlias("mnist", "challenger", "2");
        Assert.Equal("Of the model 'mnist' the champion is version 1, the challenger version 2.", PreparedRuns.ChampionAndChallenger());
        Assert.Equal(2, Mlflow.SearchModelVersions("name = 'mnist'").Count);
    }

    [Fact]
    public void Automatic_logging_is_afterwards_as_the_reader_left_it()
    {
        PreparedRuns.TwoOptimizers();
        Assert.True(Autologging.Of("torchsharp").Disable);

        Mlflow.Autolog();
        Assert.False(Autologging.Of("torchsharp").Disable);
    }
}
