using System.Text.Json.Nodes;
using MLflowSharp;

namespace Interop.Registry;

/// <summary>
/// From which sources a version can be made in a local store: MLflow's server refuses those that are not the run's, its own stores take them,
/// and we do as they do. Where they end with INTERNAL_ERROR, which says nothing, we say what is missing, or follow the alias. What else differs
/// on purpose is not among the cases: a source that is empty we refuse as MLflow's server does, and a folder without a model is not registered.
/// </summary>
public sealed class ModelVersionSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("files")]
    public async Task What_mlflow_takes_and_refuses_we_take_and_refuse(string store)
    {
        var python = PythonEnvironment.Require();
        var (ours, theirs) = store == "sqlite" ? ($"sqlite:///{_folder.Combine("ours.db")}", $"sqlite:///{_folder.Combine("theirs.db")}") : (_folder.Combine("ours"), _folder.Combine("theirs"));
        var cases = await PrepareAsync(ours);
        if (store == "sqlite")
            File.Copy(_folder.Combine("ours.db"), _folder.Combine("theirs.db"));
        else
            CopyFolder(_folder.Combine("ours"), _folder.Combine("theirs"));
        await File.WriteAllTextAsync(_folder.Combine("cases.json"), cases.ToJsonString(), TestContext.Current.CancellationToken);

        var expected = (await python.RunAsync("version_sources", PythonEnvironment.NewestMlflow, theirs, _folder.Combine("cases.json"))).AsArray();
        using var client = new MlflowClient(ours);
        var differences = new List<string>();
        foreach (var (one, other) in cases.Zip(expected))
        {
            var mine = Outcome(client, one!);
            // Versions are counted in each store: what only one of them made shifts the numbers.
            mine.Remove("version");
            other!.AsObject().Remove("version");
            if ((string?)other["error"] == "INTERNAL_ERROR" ? (string?)mine["error"] == "INTERNAL_ERROR" : !JsonNode.DeepEquals(mine, other))
                differences.Add($"{one!.ToJsonString()}\n    MLflow: {other.ToJsonString()}\n    ours:   {mine.ToJsonString()}");
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
        Assert.Contains(expected, outcome => outcome!["error"] is null && (string?)outcome["source"] == "/etc");
    }

    /// <summary>Makes a run with a model, a registered model with an alias, and the cases, which name them.</summary>
    private async Task<JsonArray> PrepareAsync(string uri)
    {
        using var client = new MlflowClient(uri, new() { DefaultArtifactRoot = _folder.Combine("artifacts") });
        var run = (await client.CreateRunAsync("0")).Info;
        var model = await client.LogModelAsync(run.RunId, new ModelFiles(
            new Model { ArtifactPath = "model", RunId = run.RunId, Flavors = new JsonObject { ["ours"] = new JsonObject() }, TimeCreated = DateTimeOffset.UnixEpoch },
            new Dictionary<string, byte[]> { ["weights.bin"] = "weights"u8.ToArray() }));
        await client.RegisterModelAsync(model.ModelUri!, "source");
        await client.SetRegisteredModelAliasAsync("source", "champion", "1");
        await client.CreateRegisteredModelAsync("target");

        var cases = new JsonArray();
        foreach (var source in (string[])[
            "/etc", "file:///etc/passwd", "file:relative", "../up", "a/b", " ", "~", "C:\\x", "/", $"{run.ArtifactUri}/model", $"{run.ArtifactUri}/../..", "nofile\u0001",
            $"runs:/{run.RunId}/model", $"runs:/{run.RunId}", $"runs:/{run.RunId}/../x", "runs:/nosuch/model", "runs:/", "runs://host/x/model",
            model.ModelUri!, "models:/m-00000000000000000000000000000000", "models:/source/1", "models:/source/7", "models:/source@champion", "models:/source@nobody",
            "models:/source/latest", "models:/source/Production", "models:/nosuch/1", "models:/nosuch@x", "models:/source", "models:/", "models://host/source/1", "models:/source/1/extra",
            "mlflow-artifacts:/1/x", "mlflow-artifacts:/1/../x", "s3://bucket/x", "s3://bucket/../x", "dbfs:/x", "https://example.org/m?x=1#y", "gs://b/%2e%2e/x", "ünï/😀", new('x', 600)])
        {
            Add(source, null);
            if (source.Length < 100)
                Add(source, run.RunId);
        }

        foreach (var runId in (string[])["", "nosuch", "0123456789abcdef0123456789abcdef", "../x"])
            Add("/etc", runId);
        foreach (var modelId in (string[])[model.ModelId!, "m-00000000000000000000000000000000", "nosuch", ""])
        {
            Add("/etc", null, modelId);
            Add("/etc", run.RunId, modelId);
            Add("models:/source/1", null, modelId);
        }

        foreach (var source in (string[])[$"runs:/{run.RunId}/model", $"runs:/{run.RunId}/nothing", "runs:/nosuch/model", model.ModelUri!, "models:/source@champion", "models:/source/9"])
            cases.Add(new JsonObject { ["source"] = source, ["run_id"] = null, ["model_id"] = null, ["register"] = true });
        return cases;

        void Add(string source, string? runId, string? modelId = null) => cases.Add(new JsonObject { ["source"] = source, ["run_id"] = runId, ["model_id"] = modelId, ["register"] = false });
    }

    private static JsonObject Outcome(MlflowClient client, JsonNode one)
    {
        var (source, runId, modelId) = ((string)one["source"]!, (string?)one["run_id"], (string?)one["model_id"]);
        ModelVersion version;
        try
        {
            version = (bool)one["register"]! ? client.RegisterModel(source, "target", TimeSpan.Zero) : client.CreateModelVersion("target", source, runId, awaitCreationFor: TimeSpan.Zero, modelId: modelId);
        }
        catch (MlflowException error)
        {
            return new() { ["error"] = error.ErrorCode.ToMlflowName() };
        }

        string download;
        try
        {
            download = client.GetModelVersionDownloadUri("target", version.Version);
        }
        catch (MlflowException error)
        {
            download = error.ErrorCode.ToMlflowName();
        }

        version = client.GetModelVersion("target", version.Version);
        return new() { ["version"] = version.Version, ["source"] = version.Source, ["run_id"] = version.RunId ?? "", ["download"] = download };
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories).Prepend(from))
            Directory.CreateDirectory(to + folder[from.Length..]);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, to + file[from.Length..]);
    }
}
