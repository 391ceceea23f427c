using MLflowSharp;

namespace Interop.Rest;

/// <summary>Our client against real servers of older MLflow versions: what they have works, what they lack is named with the version that has it.</summary>
public sealed class OlderServerTests
{
    public static TheoryData<string, bool, bool> Versions => new()
    {
        { "2.15.1", false, false },
        { "2.22.5", false, false },
        { "3.3.2", true, true },
        { PythonEnvironment.NewestMlflow, true, true },
    };

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_server_gets_and_gives_back_all_that_it_knows(string mlflow, bool loggedModels, bool deletesExperimentTags)
    {
        var server = StoreServers.Of(mlflow).Start();
        try
        {
            using var client = new MlflowClient(server.Uri, new() { Journal = new() { Enabled = false }, Http = new() { MaxRetries = 0 }, Warn = _ => { } });
            var experiment = client.CreateExperiment("e", tags: new Dictionary<string, string> { ["k"] = "ä" });
            Assert.Equal("ä", Assert.Single(client.SearchExperiments(filter: "name = 'e'")).Tags["k"]);
            LogAndRead(client, experiment);
            Register(client);
            OnlySince(deletesExperimentTags, "3.2", () => client.DeleteExperimentTag(experiment, "k"));
            OnlySince(loggedModels, "3.0", () => Assert.Equal("m", client.GetLoggedModel(client.CreateLoggedModel(experiment, "m").ModelId).Name));
            OnlySince(loggedModels, "3.0", () => client.SearchLoggedModels([experiment]));
        }
        finally
        {
            StoreServers.Of(mlflow).Stop(server.ProcessId);
        }
    }

    private static void LogAndRead(MlflowClient client, string experiment)
    {
        var run = client.CreateRun(experiment, runName: "first").Info.RunId;
        client.LogBatch(
            run,
            [.. Enumerable.Range(0, 2500).Select(step => new Metric("m", step, 10000 - step, step)), new Metric("odd", double.NaN, 1)],
            [.. Enumerable.Range(0, 150).Select(i => new Param($"p{i}", new('x', 500)))],
            [new("t", new('y', 5000))]);
        client.LogInputs(run, [new(new("mnist", "d1", "local", "{}"), [new("mlflow.data.context", "train")])]);
        client.SetTag(run, "gone", "x");
        client.DeleteTag(run, "gone");
        client.SetTerminated(run);

        var read = Assert.Single(client.SearchRuns([experiment], "metrics.m > 10 AND params.p3 LIKE 'x%'"));
        Assert.Equal((run, RunStatus.Finished, 2499.0, 150, 5000), (read.Info.RunId, read.Info.Status, read.Data.Metrics["m"], read.Data.Params.Count, read.Data.Tags["t"].Length));
        Assert.True(double.IsNaN(read.Data.Metrics["odd"]));
        Assert.Equal("mnist", Assert.Single(read.Inputs.DatasetInputs).Dataset.Name);
        Assert.Equal(Enumerable.Range(0, 2500).Select(i => (double)(2499 - i)), client.GetMetricHistory(run, "m").Select(point => point.Value));
        var first = client.GetMetricHistory(run, "m", maxResults: 1000);
        var second = client.GetMetricHistory(run, "m", maxResults: 2000, first.Token);
        Assert.Equal((1000, 1500, 1499.0), (first.Count, second.Count, second[0].Value));
        Assert.Null(second.Token);
        Assert.Equal(2500, client.GetMetricHistoryBulk([run], "m").Count);
        Assert.Equal(2499, client.GetMetricHistoryInterval([run], "m", maxResults: 10).Max(point => point.Step));
        Assert.Equal("mnist", Assert.Single(client.SearchDatasets([experiment])).Name);
    }

    private static void Register(MlflowClient client)
    {
        client.CreateRegisteredModel("mnist", description: "d");
        var version = client.CreateModelVersion("mnist", "s3://bucket/model", tags: new Dictionary<string, string> { ["v"] = "1" });
        client.SetRegisteredModelAlias("mnist", "champion", version.Version);
        Assert.Equal((version.Version, "1"), (client.GetModelVersionByAlias("mnist", "champion").Version, client.GetModelVersion("mnist", "1").Tags["v"]));
        Assert.Equal("champion", Assert.Single(client.GetRegisteredModel("mnist").Aliases).Key);
        Assert.Single(client.SearchModelVersions("name = 'mnist'"));
        client.DeleteRegisteredModel("mnist");
        Assert.Empty(client.SearchRegisteredModels());
    }

    private static void OnlySince(bool has, string version, Action call)
    {
        if (has)
        {
            call();
            return;
        }

        var error = Assert.Throws<MlflowException>(call);
        Assert.Equal(ErrorCode.NotImplemented, error.ErrorCode);
        Assert.Contains($"which came with MLflow {version}", error.Message, StringComparison.Ordinal);
    }
}
