using System.Text.Json.Nodes;
using MLflowSharp;

namespace Interop.Registry;

/// <summary>The real MLflow and our client keep registered and logged models in one database, by turns.</summary>
public sealed class RegistryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2.15.1", "2.15")]
    [InlineData("2.22.5", "2.22")]
    [InlineData("3.3.2", "3.3")]
    [InlineData("3.17.2", "2.15")]
    [InlineData("3.17.2", "3.3")]
    [InlineData("3.17.2", "3.17")]
    public async Task Each_reads_what_the_other_wrote_and_goes_on(string mlflow, string databaseVersion)
    {
        var python = PythonEnvironment.Require();
        var options = new MlflowClientOptions { DatabaseVersion = databaseVersion, DefaultArtifactRoot = _folder.Combine("artifacts") };
        using (var client = new MlflowClient(_folder.TrackingUri, options))
            LogAndRegister(client);

        for (var turn = 1; turn <= 2; turn++)
        {
            var ours = Read();
            var theirs = await python.RunAsync("registry_turn", mlflow, _folder.TrackingUri, $"{turn}");

            AssertSame(theirs["before"]!, ours);
            Assert.All(theirs["files"]!.AsObject(), file => Assert.Equal("weights", (string?)file.Value));
            AssertSame(theirs["after"]!, Read());
            using var client = new MlflowClient(_folder.TrackingUri);
            var mine = client.RegisterModel("models:/ours@champion", "ours");
            Assert.Equal($"{2 * turn + 1}", mine.Version);
            Assert.Equal("weights", File.ReadAllText(Path.Combine(client.DownloadModel($"models:/ours@python{turn}"), "weights.bin")));
            client.SetRegisteredModelAlias($"theirs {turn} ünï", "ours", "1");
            client.TransitionModelVersionStage("ours", mine.Version, "Staging", archiveExistingVersions: true);
        }
    }

    private static void LogAndRegister(MlflowClient client)
    {
        var run = client.CreateRun("0").Info.RunId;
        client.LogParam(run, "lr", 0.5);
        client.LogMetric(run, "acc", 0.75);
        var model = client.LogModel(run, new ModelFiles(
            new Model { ArtifactPath = "model", RunId = run, Flavors = new JsonObject { ["ours"] = new JsonObject() }, TimeCreated = DateTimeOffset.UnixEpoch },
            new Dictionary<string, byte[]> { ["weights.bin"] = "weights"u8.ToArray() }));
        client.CreateRegisteredModel("ours", new Dictionary<string, string> { ["task"] = "digits" }, "Reads digits.");
        client.RegisterModel(model.ModelUri!, "ours", tags: new Dictionary<string, string> { ["ünï"] = "code" });
        client.SetRegisteredModelAlias("ours", "champion", "1");
    }

    private JsonObject Read()
    {
        using var client = new MlflowClient(_folder.TrackingUri);
        var logged = new JsonArray();
        try
        {
            logged = new JsonArray([.. client.SearchLoggedModels(["0"]).OrderBy(model => model.ModelId, StringComparer.Ordinal).Select(model => (JsonNode)Json(model))]);
        }
        catch (MlflowException old) when (old.ErrorCode == ErrorCode.NotImplemented)
        {
            // MLflow 2 has none.
        }

        return new JsonObject
        {
            ["models"] = new JsonArray([.. client.SearchRegisteredModels().Select(model => (JsonNode)new JsonObject
            {
                ["name"] = model.Name,
                ["description"] = model.Description ?? "",
                ["tags"] = Map(model.Tags),
                ["aliases"] = Map(model.Aliases),
                ["versions"] = new JsonArray([.. client.SearchModelVersions($"name = '{model.Name}'", orderBy: ["version_number"]).Select(version => (JsonNode)Json(client, version))]),
            })]),
            ["logged"] = logged,
        };
    }

    private static JsonObject Json(MlflowClient client, ModelVersion version) => new JsonObject
    {
        ["version"] = version.Version,
        ["source"] = version.Source,
        ["run_id"] = version.RunId ?? "",
        ["stage"] = version.CurrentStage,
        ["status"] = version.Status.ToString().ToUpperInvariant(),
        ["description"] = version.Description ?? "",
        ["tags"] = Map(version.Tags),
        ["download"] = client.GetModelVersionDownloadUri(version.Name, version.Version),
    };

    private static JsonObject Json(LoggedModel model) => new JsonObject
    {
        ["model_id"] = model.ModelId,
        ["name"] = model.Name,
        ["status"] = (int)model.Status,
        ["params"] = Map(model.Params),
        ["tags"] = Map(model.Tags),
        ["source_run_id"] = model.SourceRunId ?? "",
        ["metrics"] = new JsonArray([.. model.Metrics.Select(metric => (JsonNode)new JsonArray(metric.Key, metric.Value, metric.Step))]),
    };

    private static JsonObject Map(IReadOnlyDictionary<string, string> map) => new(map.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value)));

    private static void AssertSame(JsonNode theirs, JsonNode ours) =>
        Assert.True(JsonNode.DeepEquals(theirs, ours), $"MLflow reads: {theirs.ToJsonString()}\nwe read: {ours.ToJsonString()}");
}
