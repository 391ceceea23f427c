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

        GoldenContents.AssertSame(store.Expected["experiments"]!, GoldenContents.ExperimentsOf(client), item => (string)item["name"]!);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_run_is_read_as_MLflow_reads_it(string mlflow)
    {
        using var store = new GoldenStore(mlflow);
        using var client = store.NewClient();

        var runs = GoldenContents.RunsOf(client);

        Assert.Equal(7, runs.Count);
        GoldenContents.AssertSame(store.Expected["runs"]!, runs, item => (string)item["info"]!["run_id"]!);
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
}
