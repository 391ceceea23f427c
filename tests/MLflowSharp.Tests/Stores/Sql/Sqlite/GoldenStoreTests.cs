using System.Text.Json.Nodes;

namespace MLflowSharp.Tests.Stores.Sql.Sqlite;

/// <summary>Databases that the real MLflow wrote, read and continued by our client.</summary>
public sealed class GoldenStoreTests
{
    public static TheoryData<string> Versions => ["2.15.1", "2.22.5", "3.3.2", "3.17.2"];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_experiment_is_read_as_MLflow_reads_it(string mlflow)
    {
        using var store = new GoldenStore(mlflow);
        using var client = store.NewClient();

        var read = client.SearchExperiments(ViewType.All).Select(experiment => (JsonNode)new JsonObject
        {
            ["artifact_location"] = experiment.ArtifactLocation,
            ["experiment_id"] = experiment.ExperimentId,
            ["lifecycle_stage"] = experiment.LifecycleStage.ToString().ToLowerInvariant(),
            ["name"] = experiment.Name,
            ["tags"] = Map(experiment.Tags, value => value),
        });

        AssertSame(store.Expected["experiments"]!, read, item => (string)item["name"]!);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_run_is_read_as_MLflow_reads_it(string mlflow)
    {
        using var store = new GoldenStore(mlflow);
        using var client = store.NewClient();

        var runs = client.SearchRuns(["0", "1", "2", "3"], viewType: ViewType.All).Select(run => (JsonNode)Json(client, run)).ToList();

        Assert.Equal(7, runs.Count);
        AssertSame(store.Expected["runs"]!, runs, item => (string)item["info"]!["run_id"]!);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Artifacts_are_listed_and_read(string mlflow)
    {
        using var store = new GoldenStore(mlflow);
        using var client = store.NewClient();
        var run = client.SearchRuns(["1"], "attributes.run_name = '3Layer_adagrad'").Single().Info.RunId;

        Assert.Equal(
            [new("config.json", IsDirectory: false, 58), new ArtifactInfo("notes", IsDirectory: true, null)],
            client.ListArtifacts(run));
        Assert.Equal([new ArtifactInfo("notes/readme.txt", IsDirectory: false, 26)], client.ListArtifacts(run, "notes"));
        var config = JsonNode.Parse(File.ReadAllText(client.DownloadArtifacts(run, "config.json")))!;
        Assert.Equal(2, (int)config["a"]![1]!);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Runs_and_experiments_can_be_added_and_continued(string mlflow)
    {
        using var store = new GoldenStore(mlflow);
        using var client = store.NewClient();
        var old = client.SearchRuns(["1"], "attributes.run_name = 'still-running'").Single().Info.RunId;

        client.LogMetric(old, "loss", 0.01, step: 1000);
        client.LogInputs(old, [new(new("mnist", "6bbc9ace", "local", "{}"), [new("mlflow.data.context", "eval")])]);
        client.SetTerminated(old);
        var added = client.CreateRun(client.CreateExperiment("added"), runName: "ours").Info.RunId;
        client.LogParam(added, "a", 1);

        using var again = store.NewClient();
        var continued = again.GetRun(old);
        Assert.Equal((RunStatus.Finished, 0.01), (continued.Info.Status, continued.Data.Metrics["loss"]));
        Assert.Equal("mnist", Assert.Single(continued.Inputs.DatasetInputs).Dataset.Name);
        Assert.Equal("1", again.GetRun(added).Data.Params["a"]);
    }

    private static JsonObject Json(MlflowClient client, Run run) => new()
    {
        ["artifacts"] = new JsonArray([.. client.ListArtifacts(run.Info.RunId).Select(entry => (JsonNode)entry.Path)]),
        ["datasets"] = new JsonArray([.. run.Inputs.DatasetInputs.Select(Json)]),
        ["history"] = Map(
            run.Data.Metrics,
            (key, _) => new JsonArray([.. client.GetMetricHistory(run.Info.RunId, key).Select(point => (JsonNode)new JsonArray(Number(point.Value), point.Timestamp, point.Step))])),
        ["info"] = new JsonObject
        {
            ["artifact_uri"] = run.Info.ArtifactUri,
            ["end_time"] = run.Info.EndTime?.ToUnixTimeMilliseconds(),
            ["experiment_id"] = run.Info.ExperimentId,
            ["lifecycle_stage"] = run.Info.LifecycleStage.ToString().ToLowerInvariant(),
            ["run_id"] = run.Info.RunId,
            ["run_name"] = run.Info.RunName,
            ["start_time"] = run.Info.StartTime?.ToUnixTimeMilliseconds(),
            ["status"] = run.Info.Status.ToString().ToUpperInvariant(),
            ["user_id"] = run.Info.UserId,
        },
        ["metrics"] = Map(run.Data.Metrics, (_, value) => Number(value)),
        ["params"] = Map(run.Data.Params, value => value),
        ["tags"] = Map(run.Data.Tags, value => value),
    };

    private static JsonNode Json(DatasetInput input) => new JsonObject
    {
        ["digest"] = input.Dataset.Digest,
        ["name"] = input.Dataset.Name,
        ["profile"] = input.Dataset.Profile,
        ["schema"] = input.Dataset.Schema,
        ["source"] = input.Dataset.Source,
        ["source_type"] = input.Dataset.SourceType,
        ["tags"] = Map(input.Tags.ToDictionary(tag => tag.Key, tag => tag.Value), value => value),
    };

    private static JsonNode Number(double value) => double.IsNaN(value) ? "NaN" : value;

    private static JsonObject Map<T>(IReadOnlyDictionary<string, T> items, Func<T, JsonNode> convert) => Map(items, (_, value) => convert(value));

    private static JsonObject Map<T>(IReadOnlyDictionary<string, T> items, Func<string, T, JsonNode> convert) =>
        new(items.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => KeyValuePair.Create(item.Key, (JsonNode?)convert(item.Key, item.Value))));

    private static void AssertSame(JsonNode expected, IEnumerable<JsonNode> actual, Func<JsonNode, string> key)
    {
        foreach (var (theirs, ours) in expected.AsArray().Select(item => item!).OrderBy(key, StringComparer.Ordinal).Zip(actual.OrderBy(key, StringComparer.Ordinal)))
            Assert.True(JsonNode.DeepEquals(theirs, ours), $"MLflow reads: {theirs.ToJsonString()}\nwe read: {ours.ToJsonString()}");
        Assert.Equal(expected.AsArray().Count, actual.Count());
    }
}
