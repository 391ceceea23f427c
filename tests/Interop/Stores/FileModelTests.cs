using System.Text.Json.Nodes;
using MLflowSharp;

namespace Interop.Stores;

/// <summary>The real MLflow and our client by turns in the model registry and among the logged models of one file store.</summary>
public sealed class FileModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Root => _folder.Combine("mlruns");

    [Theory]
    [InlineData("2.15.1", "2.15")]
    [InlineData("2.22.5", "2.22")]
    [InlineData("3.3.2", "3.3")]
    [InlineData("3.17.2", "3.17")]
    [InlineData("3.17.2", "3.3")]
    public async Task Models_are_the_same_for_both(string mlflow, string version)
    {
        var python = PythonEnvironment.Require();
        using var client = new MlflowClient(Root, new() { DatabaseVersion = version, Warn = _ => { } });
        var experiment = client.CreateExperiment("models");
        Write(client, experiment, version);
        var ours = Read(client, experiment);

        var theirs = await python.RunAsync("append_models", mlflow, Root, experiment);

        Assert.Equal(ours.ToJsonString(), theirs["before"]!.ToJsonString());
        Assert.Equal(theirs["after"]!.ToJsonString(), Read(client, experiment).ToJsonString());

        // And we go on after them.
        Assert.Equal("4", client.CreateModelVersion("shared", "s3://ours/4").Version);
        Assert.Equal("3", client.GetModelVersionByAlias("shared", "moving").Version);
        // MLflow's own rename leaves the aliases behind; both read it so.
        Assert.Empty(client.GetRegisteredModel("renamed").Aliases);
        if (version[0] != '2')
            Assert.Equal("Python", client.SearchLoggedModels([experiment], "name = 'ours'").Single().Tags["by"]);
    }

    private static void Write(MlflowClient client, string experiment, string version)
    {
        client.CreateRegisteredModel("shared", new Dictionary<string, string> { ["task"] = "digits: ✓" }, "A 'model' of ours.");
        var run = client.CreateRun(experiment).Info.RunId;
        client.CreateModelVersion("shared", "s3://ours/1", run, new Dictionary<string, string> { ["a/b"] = "" }, "http://link/1", "first");
        client.CreateModelVersion("shared", "s3://ours/2");
        client.SetRegisteredModelAlias("shared", "moving", "1");
        client.SetRegisteredModelAlias("shared", "second", "2");
        client.TransitionModelVersionStage("shared", "1", "Production");
        client.CreateRegisteredModel("to be renamed");
        client.CreateModelVersion("to be renamed", "s3://ours/x");
        client.SetRegisteredModelAlias("to be renamed", "first", "1");
        client.CreateRegisteredModel("to be deleted");
        client.CreateRegisteredModel("ünï code");
        client.RenameRegisteredModel("ünï code", "umbenannt");
        if (version[0] == '2')
            return;
        var model = client.CreateLoggedModel(experiment, "ours", run, new Dictionary<string, string> { ["kind"] = "mlp" }, new Dictionary<string, string> { ["lr"] = "0.1" }, "classifier");
        client.LogBatch(run, [new("acc", 0.5, 5, 1) { ModelId = model.ModelId }, new("acc", double.NaN, 6, 2) { ModelId = model.ModelId, DatasetName = "mnist", DatasetDigest = "6bbc" }]);
        client.LogOutputs(run, [new(model.ModelId, 3)]);
        client.FinalizeLoggedModel(model.ModelId);
        client.CreateLoggedModel(experiment, "dropped");
        client.CreateModelVersion("umbenannt", model.ModelUri);
    }

    private static JsonObject Read(MlflowClient client, string experiment) => new()
    {
        ["registered"] = new JsonArray([.. client.SearchRegisteredModels().OrderBy(model => model.Name, StringComparer.Ordinal).Select(model => (JsonNode)new JsonObject
        {
            ["name"] = model.Name,
            ["description"] = model.Description ?? "",
            ["tags"] = Map(model.Tags),
            ["aliases"] = Map(model.Aliases),
            ["created"] = model.CreationTime.ToUnixTimeMilliseconds(),
            ["updated"] = model.LastUpdatedTime.ToUnixTimeMilliseconds(),
            ["versions"] = new JsonArray([.. client.SearchModelVersions($"name = '{model.Name}'", orderBy: ["version_number"]).Select(version => (JsonNode)Json(client, version))]),
        })]),
        ["logged"] = client.Options.DatabaseVersion[0] == '2'
            ? new JsonArray()
            : new JsonArray([.. client.SearchLoggedModels([experiment]).OrderBy(model => model.ModelId, StringComparer.Ordinal).Select(model => (JsonNode)Json(model))]),
    };

    private static JsonObject Json(MlflowClient client, ModelVersion version) => new()
    {
        ["version"] = version.Version,
        ["stage"] = version.CurrentStage,
        ["description"] = version.Description ?? "",
        ["source"] = version.Source,
        ["run"] = version.RunId ?? "",
        ["link"] = version.RunLink ?? "",
        ["status"] = "READY",
        ["tags"] = Map(version.Tags),
        ["aliases"] = new JsonArray([.. version.Aliases.Select(alias => (JsonNode)alias)]),
        ["created"] = version.CreationTime.ToUnixTimeMilliseconds(),
        ["updated"] = version.LastUpdatedTime.ToUnixTimeMilliseconds(),
        ["files"] = client.GetModelVersionDownloadUri(version.Name, version.Version),
    };

    private static JsonObject Json(LoggedModel model) => new()
    {
        ["id"] = model.ModelId,
        ["name"] = model.Name,
        ["type"] = model.ModelType ?? "",
        ["run"] = model.SourceRunId ?? "",
        ["status"] = (int)model.Status,
        ["location"] = model.ArtifactLocation,
        ["tags"] = Map(model.Tags),
        ["params"] = Map(model.Params),
        ["metrics"] = new JsonArray([.. model.Metrics.Select(metric => (JsonNode)new JsonArray(
            metric.Key, StoreJson.Number(metric.Value), metric.Timestamp, metric.Step, metric.RunId, metric.DatasetName ?? ""))]),
    };

    private static JsonObject Map(IReadOnlyDictionary<string, string> items) =>
        new(items.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value)));
}
