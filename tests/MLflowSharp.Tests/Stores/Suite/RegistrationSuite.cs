using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Stores.Suite;

/// <summary>From a logged model to a registered version and back to its files.</summary>
/// <typeparam name="TStore">The kind of store.</typeparam>
public abstract class RegistrationSuite<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    [Fact]
    public void A_model_of_a_run_is_registered_under_a_new_name_and_found_again()
    {
        var model = Client.LogModel(Run, NewModel("model"));
        var version = Client.RegisterModel($"runs:/{Run}/model", "mnist", tags: new Dictionary<string, string> { ["a"] = "1" });
        Client.SetRegisteredModelAlias("mnist", "champion", "1");

        Assert.Equal(("mnist", "1", Run, "1"), (version.Name, version.Version, version.RunId, version.Tags["a"]));
        Assert.Equal("2", Client.RegisterModel(model.ModelUri!, "mnist").Version);
        var location = Client.GetModelArtifactUri($"runs:/{Run}/model");
        foreach (var uri in (string[])["models:/mnist/1", "models:/mnist@champion", "models:/mnist/latest", "models:/mnist/LATEST", "models://host/mnist/2", model.ModelUri!])
        {
            Assert.Equal(location, Client.GetModelArtifactUri(uri));
            Assert.Equal("weights", File.ReadAllText(Path.Combine(Client.DownloadModel(uri), "weights.bin")));
        }
    }

    [Fact]
    public void A_logged_model_has_the_runs_parameters_and_its_metrics_of_that_step()
    {
        Client.LogParam(Run, "lr", 0.1);
        Client.LogMetric(Run, "acc", 0.5, step: 1);
        Client.LogMetric(Run, "acc", 0.75, step: 2);
        Client.LogMetric(Run, "system/cpu_utilization_percentage", 42, step: 2);
        var model = Client.LogModel(Run, NewModel("model"), step: 2);

        Assert.Contains("flavors:", File.ReadAllText(Path.Combine(Client.DownloadArtifacts(Run, "model"), "MLmodel")), StringComparison.Ordinal);
        Assert.Equal(["model/MLmodel", "model/weights.bin"], Client.ListArtifacts(Run, "model").Select(file => file.Path));
        if (!Store.HasLoggedModels)
        {
            Assert.Equal(($"runs:/{Run}/model", null), (model.ModelUri, model.ModelId));
            Assert.Equal("model", (string?)JsonNode.Parse(Client.GetRun(Run).Data.Tags["mlflow.log-model.history"])![0]!["artifact_path"]);
            return;
        }

        var logged = Client.GetLoggedModel(model.ModelId!);
        Assert.Equal((LoggedModelStatus.Ready, "model", Run, "0.1"), (logged.Status, logged.Name, logged.SourceRunId, logged.Params["lr"]));
        Assert.Equal(("acc", 0.75, 2L), Assert.Single(logged.Metrics.Select(metric => (metric.Key, metric.Value, metric.Step))));
        Assert.Equal(new LoggedModelOutput(logged.ModelId, 2), Assert.Single(Client.GetRun(Run).Outputs.ModelOutputs));
        Assert.Equal(2, Client.GetMetricHistory(Run, "acc").Count);
        Assert.Contains($"model_id: {logged.ModelId}", File.ReadAllText(Path.Combine(Client.DownloadModel(logged.ModelUri), "MLmodel")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_a_folder_stays_among_the_runs_artifacts()
    {
        var model = Client.LogModel(Run, NewModel("checkpoints/best"));

        Assert.Equal($"runs:/{Run}/checkpoints/best", model.ModelUri);
        Assert.Equal("1", Client.RegisterModel(model.ModelUri!, "mnist").Version);
        Refused(ErrorCode.ResourceAlreadyExists, () => Client.LogModel(Run, NewModel("checkpoints/best")));
    }

    [Fact]
    public void What_is_not_a_model_is_not_registered()
    {
        Client.LogText(Run, "x", "notes/readme.txt");
        Assert.Contains("has no model, only 1 artifact: notes", Missing($"runs:/{Run}/modle"), StringComparison.Ordinal);
        Client.LogModel(Run, NewModel("model"));
        Assert.Contains($"Did you mean runs:/{Run}/model?", Missing($"runs:/{Run}/modle"), StringComparison.Ordinal);
        Assert.Contains("runs:/", Missing($"runs:/{Run}/notes"), StringComparison.Ordinal);
        Missing(Store.Options.DefaultArtifactRoot);
        Missing("models:/other/1");
        Refused(ErrorCode.InvalidParameterValue, () => Client.RegisterModel("models:/a/b/c", "mnist"));
        Refused(ErrorCode.InvalidParameterValue, () => Client.RegisterModel("runs:/", "mnist"));
        Refused(ErrorCode.InvalidParameterValue, () => Client.RegisterModel($"runs:/{Run}/../out", "mnist"));
        Refused(ErrorCode.InvalidParameterValue, () => Client.RegisterModel($"runs:/{Run}/model", "a/b"));
        Assert.Empty(Client.SearchRegisteredModels());

        string Missing(string uri) => Refused(ErrorCode.ResourceDoesNotExist, () => Client.RegisterModel(uri, "mnist")).Message;
    }

    [Fact]
    public void A_version_is_copied_with_what_is_said_about_it()
    {
        Client.LogModel(Run, NewModel("model"));
        Client.RegisterModel($"runs:/{Run}/model", "staging", tags: new Dictionary<string, string> { ["a"] = "1" });
        Client.UpdateModelVersion("staging", "1", "Good.");
        Client.SetRegisteredModelAlias("staging", "champion", "1");
        var copy = Client.CopyModelVersion("models:/staging@champion", "production");

        Assert.Equal(("production", "1", "models:/staging/1", Run, "Good.", "1"), (copy.Name, copy.Version, copy.Source, copy.RunId, copy.Description, copy.Tags["a"]));
        Assert.Empty(copy.Aliases);
        Assert.Equal(Client.GetModelArtifactUri("models:/staging/1"), Client.GetModelArtifactUri("models:/production/1"));
        Refused(ErrorCode.InvalidParameterValue, () => Client.CopyModelVersion("models:/m-1", "production"));
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.CopyModelVersion("models:/staging/2", "other"));
        Assert.Equal(["production", "staging"], Client.SearchRegisteredModels().Select(model => model.Name));
    }

    [Fact]
    public void A_downloaded_version_says_which_it_is()
    {
        Client.LogModel(Run, NewModel("model"));
        Client.RegisterModel($"runs:/{Run}/model", "mnist");
        var folder = Client.DownloadModel("models:/mnist/1", Path.Combine(Path.GetDirectoryName(Store.Options.DefaultArtifactRoot)!, "copy"));

        Assert.Equal("model_name: mnist\nmodel_version: '1'\n", File.ReadAllText(Path.Combine(folder, "registered_model_meta")));
        Assert.True(File.Exists(Path.Combine(folder, "MLmodel")));
    }

    [Fact]
    public void A_stage_without_a_version_has_no_files()
    {
        Client.CreateRegisteredModel("mnist");
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.GetModelArtifactUri("models:/mnist/latest"));
        Refused(ErrorCode.ResourceDoesNotExist, () => Client.GetModelArtifactUri("models:/mnist/Production"));
        Refused(ErrorCode.InvalidParameterValue, () => Client.GetModelArtifactUri("models:/mnist/v1"));
        Refused(ErrorCode.InvalidParameterValue, () => Client.GetModelArtifactUri("models:/mnist@nobody"));
    }

    private ModelFiles NewModel(string name) => new(
        new Model { ArtifactPath = name, RunId = Run, Flavors = new JsonObject { ["ours"] = new JsonObject { ["data"] = "weights.bin" } }, TimeCreated = DateTimeOffset.UnixEpoch },
        new Dictionary<string, byte[]> { ["weights.bin"] = "weights"u8.ToArray() });
}
