using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Fluent;

public sealed class RegistryTests : FluentTest
{
    [Fact]
    public void A_model_is_logged_registered_and_found()
    {
        using var run = Mlflow.StartRun();
        var model = Mlflow.LogModel(runId => new ModelFiles(
            new Model { ArtifactPath = "model", RunId = runId, Flavors = [], TimeCreated = DateTimeOffset.UnixEpoch }, new Dictionary<string, byte[]>()));

        Assert.Equal("1", Mlflow.RegisterModel(model.ModelUri!, "mnist").Version);
        Assert.Equal("mnist", Assert.Single(Mlflow.SearchRegisteredModels()).Name);
        Assert.Equal(run.RunId, Assert.Single(Mlflow.SearchModelVersions("name = 'mnist'")).RunId);
        Assert.Equal(model.ModelId, Assert.Single(Mlflow.SearchLoggedModels()).ModelId);
    }

    [Fact]
    public void All_pages_are_read_unless_fewer_are_wanted()
    {
        for (var i = 0; i < 7; i++)
            Mlflow.CreateLoggedModel($"model{i}");
        for (var i = 0; i < 120; i++)
            Mlflow.Client.CreateRegisteredModel($"model{i:000}");

        Assert.Equal(7, Mlflow.SearchLoggedModels().Count);
        Assert.Equal(2, Mlflow.SearchLoggedModels(maxResults: 2).Count);
        Assert.Equal(120, Mlflow.SearchRegisteredModels().Select(model => model.Name).Distinct().Count());
        Assert.Equal("model109", Mlflow.SearchRegisteredModels(maxResults: 110)[^1].Name);
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => Mlflow.SearchRegisteredModels(maxResults: 0)).ErrorCode);
    }

    [Fact]
    public void Metrics_are_the_active_models_too()
    {
        using var run = Mlflow.StartRun();
        var model = Mlflow.SetActiveModel("agent");
        try
        {
            Mlflow.LogMetric("acc", 0.5);
            Mlflow.LogMetrics(new Dictionary<string, double> { ["loss"] = 1 }, step: 3);
            Mlflow.LogModelParams(new Dictionary<string, string> { ["lr"] = "0.1" });
            Assert.Equal(model.ModelId, Mlflow.SetActiveModel("agent").ModelId);
        }
        finally
        {
            Mlflow.ClearActiveModel();
        }

        Mlflow.LogMetric("acc", 0.75, step: 1);
        var read = Mlflow.GetLoggedModel(model.ModelId);
        Assert.Equal([("acc", 0.5), ("loss", 1)], read.Metrics.Select(metric => (metric.Key, metric.Value)));
        Assert.Equal((LoggedModelStatus.Ready, "0.1", run.RunId), (read.Status, read.Params["lr"], read.SourceRunId));
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => Mlflow.LogModelParams(new Dictionary<string, string>())).ErrorCode);
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => Mlflow.SetActiveModel()).ErrorCode);
    }

    [Fact]
    public void The_registry_can_be_in_another_store()
    {
        using var other = new TemporaryFolder();
        Assert.Equal(Folder.TrackingUri, Mlflow.GetRegistryUri());
        With("MLFLOW_REGISTRY_URI", other.TrackingUri, () =>
        {
            Assert.Equal(other.TrackingUri, Mlflow.GetRegistryUri());
            using var run = Mlflow.StartRun();
            var model = Mlflow.LogModel(runId => new ModelFiles(
                new Model { ArtifactPath = "model", RunId = runId, Flavors = new JsonObject(), TimeCreated = DateTimeOffset.UnixEpoch }, new Dictionary<string, byte[]>()));
            var version = Mlflow.RegisterModel(model.ModelUri!, "mnist");
            Assert.Equal((run.RunId, Mlflow.GetLoggedModel(model.ModelId!).ArtifactLocation), (version.RunId, version.Source));
            Assert.Equal([new LoggedModelRegistration("mnist", "1")], Mlflow.GetLoggedModel(model.ModelId!).Registrations);
        });

        Assert.Empty(Mlflow.SearchRegisteredModels());
        Mlflow.SetRegistryUri(other.TrackingUri);
        Assert.Equal("mnist", Assert.Single(Mlflow.SearchRegisteredModels()).Name);
        Mlflow.SetRegistryUri("");
        Assert.Empty(Mlflow.SearchRegisteredModels());
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => Mlflow.SetRegistryUri("nope://x")).ErrorCode);
    }
}
