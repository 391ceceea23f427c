using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MLflowSharp.Stores.Files;
using MLflowSharp.Stores.Files.Yaml;

namespace MLflowSharp.Tests.Stores.Files;

/// <summary>File stores that the real MLflow wrote, read, written again and continued by our client.</summary>
public sealed class GoldenFileStoreTests
{
    public static TheoryData<string> Versions => ["2.15.1", "2.22.5", "3.3.2", "3.17.2"];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Experiments_and_runs_are_read_as_MLflow_reads_them(string mlflow)
    {
        using var store = new GoldenFileStore(mlflow);
        using var client = store.NewClient();

        GoldenContents.AssertSame(store.Expected["experiments"]!, GoldenContents.ExperimentsOf(client), item => (string)item["name"]!);
        var runs = GoldenContents.RunsOf(client);
        Assert.Equal(7, runs.Count);
        GoldenContents.AssertSame(
            GoldenContents.WithSortedHistories(store.Expected["runs"]!), GoldenContents.WithSortedHistories(new JsonArray([.. runs])).AsArray().Select(run => run!), item => (string)item["info"]!["run_id"]!);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Registered_and_logged_models_are_read_as_MLflow_reads_them(string mlflow)
    {
        using var store = new GoldenFileStore(mlflow);
        using var client = store.NewClient();

        var models = client.SearchRegisteredModels().Select(model => (JsonNode)new JsonObject
        {
            ["aliases"] = Map(model.Aliases),
            ["description"] = model.Description,
            ["name"] = model.Name,
            ["tags"] = Map(model.Tags),
            ["versions"] = new JsonArray([.. client.SearchModelVersions($"name = '{model.Name}'", orderBy: ["version_number"]).Select(version => (JsonNode)new JsonObject
            {
                ["aliases"] = new JsonArray([.. version.Aliases.Select(alias => (JsonNode)alias)]),
                ["current_stage"] = version.CurrentStage,
                ["description"] = version.Description,
                ["run_id"] = version.RunId,
                ["source"] = version.Source,
                ["status"] = "READY",
                ["tags"] = Map(version.Tags),
                ["version"] = int.Parse(version.Version, CultureInfo.InvariantCulture),
            })]),
        }).ToList();
        Assert.Equal(2, models.Count);
        GoldenContents.AssertSame(store.Expected["registered_models"]!, models, item => (string)item["name"]!);

        if (store.Expected["logged_models"] is not JsonArray { Count: > 0 } logged)
            return;
        var expected = Assert.Single(logged)!;
        var model = Assert.Single(client.SearchLoggedModels([(string)expected["experiment_id"]!]));
        Assert.Equal(
            ((string)expected["model_id"]!, (string)expected["name"]!, (string)expected["artifact_location"]!, (string)expected["source_run_id"]!, "classifier", (LoggedModelStatus)(int)expected["status"]!),
            (model.ModelId, model.Name, model.ArtifactLocation, model.SourceRunId, model.ModelType, model.Status));
        Assert.Equal((Map(model.Tags).ToJsonString(), Map(model.Params).ToJsonString()), (expected["tags"]!.ToJsonString(), expected["params"]!.ToJsonString()));
        Assert.Equal((0.9731, 9L, model.SourceRunId), (Assert.Single(model.Metrics).Value, model.Metrics[0].Step, model.Metrics[0].RunId));
        Assert.Equal(model.ModelId, Assert.Single(client.GetRun(model.SourceRunId!).Outputs.ModelOutputs).ModelId);

        static JsonObject Map(IReadOnlyDictionary<string, string> items) =>
            new(items.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value)));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_file_is_written_again_byte_for_byte(string mlflow)
    {
        using var store = new GoldenFileStore(mlflow, movePaths: false);
        var (metas, lines, values) = (0, 0, 0);
        foreach (var file in store.Files())
        {
            var content = File.ReadAllBytes(file);
            var kind = Path.GetRelativePath(store.Root, file).Split(Path.DirectorySeparatorChar).Intersect(["metrics", "params", "tags", "aliases"]).FirstOrDefault();
            if (Path.GetFileName(file) == "meta.yaml")
            {
                metas++;
                Assert.Equal(Encoding.UTF8.GetString(content), YamlWriter.Write(YamlReader.Read(Encoding.UTF8.GetString(content))!));
            }
            else if (kind == "metrics")
            {
                var owner = file.Contains($"{Path.DirectorySeparatorChar}models{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? MetricLine.Owner.LoggedModel : MetricLine.Owner.Run;
                var text = new StringBuilder();
                MetricLine.ForEach(content, line => text.Append(Rewrite(line, owner)).Append('\n'));
                lines++;
                Assert.Equal(Encoding.UTF8.GetString(content), text.ToString());
            }
            else
            {
                Assert.NotNull(kind);
                var copy = Path.Combine(store.Root, "copy");
                StoreFile.Write(copy, StoreFile.ReadText(file)!, store.Root);
                values++;
                Assert.Equal(content, File.ReadAllBytes(copy));
                File.Delete(copy);
            }
        }

        Assert.True(metas > 10 && lines > 10 && values > 30, $"Only {metas} {lines} {values}.");

        static string Rewrite(ReadOnlySpan<byte> line, MetricLine.Owner owner) =>
            MetricLine.Read(line, "m", owner) is { } point ? MetricLine.Write(point, point.RunId) : "damaged";
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_changed_file_keeps_everything_else_in_it(string mlflow)
    {
        using var store = new GoldenFileStore(mlflow);
        using var client = store.NewClient();
        var running = client.SearchRuns([Mnist(client)], "attributes.run_name = 'still-running'").Single();
        var file = Path.Combine(store.Root, running.Info.ExperimentId, running.Info.RunId, "meta.yaml");
        var before = File.ReadAllText(file);

        client.SetTerminated(running.Info.RunId, RunStatus.Failed, DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_400_000));

        Assert.Equal(
            before.Replace("end_time: null", "end_time: 1700000400000", StringComparison.Ordinal).Replace("status: 1\n", "status: 4\n", StringComparison.Ordinal),
            File.ReadAllText(file));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Runs_and_experiments_can_be_added_and_continued(string mlflow)
    {
        using var store = new GoldenFileStore(mlflow);
        using var client = store.NewClient();
        var old = client.SearchRuns([Mnist(client)], "attributes.run_name = 'still-running'").Single().Info.RunId;

        client.LogMetric(old, "loss", 0.01, step: 1000);
        client.LogInputs(old, [new(new("mnist", "6bbc9ace", "local", "{}"), [new("mlflow.data.context", "eval")])]);
        client.SetTerminated(old);
        var added = client.CreateRun(client.CreateExperiment("added"), runName: "ours").Info.RunId;
        client.LogParam(added, "a", 1);
        client.RestoreExperiment(client.GetExperimentByName("deleted-later")!.ExperimentId);

        using var again = store.NewClient();
        var continued = again.GetRun(old);
        Assert.Equal((RunStatus.Finished, 0.01), (continued.Info.Status, continued.Data.Metrics["loss"]));
        Assert.Equal("""{"uri": "data/mnist"}""", Assert.Single(continued.Inputs.DatasetInputs).Dataset.Source);
        Assert.Equal("1", again.GetRun(added).Data.Params["a"]);
        Assert.Equal(LifecycleStage.Active, again.GetExperimentByName("deleted-later")!.LifecycleStage);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(store.Root, ".trash")));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_store_that_was_moved_finds_the_artifacts_that_moved_with_it(string mlflow)
    {
        using var store = new GoldenFileStore(mlflow, movePaths: false);
        using var client = store.NewClient();
        var second = client.GetExperimentByName("second experiment / with slash")!;

        Assert.Equal($"file://{store.Root}/{second.ExperimentId}", second.ArtifactLocation);
        Assert.Equal($"file://{store.Root}/0", client.GetExperiment("0").ArtifactLocation);
        // These lay outside of the store: nobody can know where they are now.
        Assert.Equal($"{store.Recorded}/artifacts/mnist", client.GetExperiment(Mnist(client)).ArtifactLocation);

        var run = client.CreateRun(second.ExperimentId).Info.RunId;
        client.LogText(run, "here", "a/b.txt");
        Assert.Equal("here", File.ReadAllText(Path.Combine(store.Root, second.ExperimentId, run, "artifacts", "a", "b.txt")));
    }

    private static string Mnist(MlflowClient client) => client.GetExperimentByName("mnist-optimizers")!.ExperimentId;
}
