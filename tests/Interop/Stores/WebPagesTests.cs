using System.Text.Json.Nodes;
using MLflowSharp;

namespace Interop.Stores;

/// <summary>MLflow's web pages over a database that our client created.</summary>
public sealed class WebPagesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_web_pages_find_our_runs()
    {
        var python = PythonEnvironment.Require();
        var parent = SampleStore.Write(_folder, new MlflowClientOptions().DatabaseVersion);
        using var client = new MlflowClient(_folder.TrackingUri);
        var experiment = client.GetExperimentByName(SampleStore.Experiment)!.ExperimentId;
        var expected = client.SearchRuns([experiment]).Select(run => run.Info.RunId);

        await using var server = await MlflowServer.StartAsync(python, _folder);
        var answer = await server.PostAsync("ajax-api/2.0/mlflow/runs/search", new() { ["experiment_ids"] = new JsonArray(experiment), ["max_results"] = 100 });

        var runs = answer["runs"]?.AsArray();
        Assert.True(runs is not null, $"No runs in the answer: {answer}");
        Assert.Equal(expected, runs.Select(run => (string)run!["info"]!["run_id"]!));
        var data = runs.Single(run => (string)run!["info"]!["run_id"]! == parent)!["data"]!;
        Assert.Contains(data["params"]!.AsArray(), param => (string)param!["key"]! == "optimizer" && (string)param["value"]! == "adam");
    }
}
