using MLflowSharp;
using NotebookTestRunner.Checks.Tracking;

namespace NotebookTestRunner.Tests.Checks.Tracking;

public sealed class StoreReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private StoreLocation Location => new($"sqlite:///{folder.File("mlflow.db")}", folder.File("mlflow.db"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_pages_of_a_store_are_read_and_the_newest_run_is_first()
    {
        using (var client = Client())
        {
            foreach (var name in (string[])["a", "b", "c"])
            {
                var experiment = client.CreateExperiment(name);
                var run = client.CreateRun(experiment, startTime: DateTimeOffset.UnixEpoch.AddDays(name[0]), runName: name).Info.RunId;
                client.CreateLoggedModel(experiment, name, run);
                client.CreateRegisteredModel(name);
                client.CreateModelVersion(name, folder.File("model"), run);
            }
        }

        using var reading = await StoreReading.ReadAsync(Location, 1, Token);

        Assert.Equal(["Default", "a", "b", "c"], reading.Experiments.Select(experiment => experiment.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["c", "b", "a"], reading.Runs.Select(run => run.Info.RunName));
        Assert.Equal(["a", "b", "c"], reading.LoggedModels.Select(model => model.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["a", "b", "c"], reading.RegisteredModels.Select(model => model.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["a", "b", "c"], reading.Versions.Select(version => version.Name).Order(StringComparer.Ordinal));
        Assert.Equal("b", reading.ExperimentName(reading.Runs[1].Info.ExperimentId));
        Assert.Equal("77", reading.ExperimentName("77"));
    }

    [Fact]
    public async Task The_files_of_a_run_and_of_the_models_it_made_are_all_found()
    {
        string run;
        using (var client = Client())
        {
            run = client.CreateRun("0", runName: "maker").Info.RunId;
            Directory.CreateDirectory(folder.File("files/deep"));
            await File.WriteAllTextAsync(folder.File("files/deep/x.txt"), "x", Token);
            await File.WriteAllTextAsync(folder.File("files/y.txt"), "yy", Token);
            client.LogArtifacts(run, folder.File("files"));
        }

        using var reading = await StoreReading.ReadAsync(Location, Token);

        Assert.Equal(["deep/x.txt 1", "y.txt 2"], (await reading.ArtifactsAsync(Assert.Single(reading.Runs), Token)).Select(file => $"{file.Path} {file.FileSize}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_empty_and_stays_away()
    {
        using var reading = await StoreReading.ReadAsync(Location, Token);

        Assert.Empty(reading.Experiments);
        Assert.False(File.Exists(folder.File("mlflow.db")));
    }

    private MlflowClient Client() => new($"sqlite:///{folder.File("mlflow.db")}", new MlflowClientOptions { DefaultArtifactRoot = folder.File("artifacts") });
}
