using MLflowSharp;

namespace Interop.Stores;

/// <summary>Our client opens the databases that the real MLflow creates.</summary>
public sealed class TheirDatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2.15.1")]
    [InlineData("2.22.5")]
    [InlineData("3.3.2")]
    [InlineData("3.17.2")]
    public async Task We_read_and_go_on_in_a_database_that_MLflow_created(string mlflow)
    {
        var python = PythonEnvironment.Require();
        var theirs = StoreJson.Read(await python.RunAsync("create_store", mlflow, _folder.FullName));
        var ours = StoreReader.Read(_folder.TrackingUri);
        Assert.Equal(theirs.ToString(), ours.ToString());

        GoOn(_folder.TrackingUri, new(), ours.Runs.Single(run => run.RunName == "parent"));
        ours = StoreReader.Read(_folder.TrackingUri);
        theirs = StoreJson.Read(await python.RunAsync("read_store", mlflow, _folder.TrackingUri));

        Assert.Equal(ours.ToString(), theirs.ToString());
        Assert.Equal("from C#\n", theirs.Runs.Single(run => run.RunName == "ours").Artifacts["notes/csharp.txt"]);
        Assert.Equal("0.0625", theirs.Runs.Single(run => run.RunName == "parent").Metrics["loss"]);
    }

    internal static void GoOn(string trackingUri, MlflowClientOptions options, RunContents parent)
    {
        using var client = new MlflowClient(trackingUri, options);
        client.LogMetric(parent.RunId, "loss", 0.0625, step: 99);
        client.SetTag(parent.RunId, "appended.by", "C#: äöå ✓");
        client.LogText(parent.RunId, "more", "notes/more.txt");
        var added = client.CreateRun(parent.ExperimentId, runName: "ours").Info.RunId;
        client.LogParam(added, "optimizer", "sgd");
        client.LogBatch(added, [.. Enumerable.Range(0, 5).Select(step => new Metric("accuracy", 0.5 + step / 10.0, 1700000200000 + step, step))]);
        client.LogInputs(added, [new(new("mnist", "6bbc9ace", "local", """{"uri": "data/mnist"}"""), [new("mlflow.data.context", "eval")])]);
        client.LogText(added, "from C#\n", "notes/csharp.txt");
        client.SetTerminated(added);
        var experiment = client.CreateExperiment("added by us");
        client.CreateRun(experiment, runName: "in a new experiment");
    }
}
