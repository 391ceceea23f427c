using System.Text.Json.Nodes;
using MLflowSharp;
using MLflowSharp.Copying;
using MLflowSharp.Maintenance;
using MLflowSharp.Tests.Copying;

namespace Interop.Copying;

/// <summary>The real MLflow on what was exported, and on a database that rows were removed from for good.</summary>
public sealed class PythonReadsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private MlflowClientOptions Options => new()
    {
        DefaultArtifactRoot = _folder.Combine("artifacts"),
        DatabaseVersion = "3.17",
        Journal = new() { Folder = _folder.Combine("journals") },
    };

    [Fact]
    public async Task An_exported_folder_is_opened_by_MLflow()
    {
        var python = PythonEnvironment.Require();
        using (var client = new MlflowClient(_folder.TrackingUri, Options))
            CopySample.Write(client, hasModels: true);
        using (var from = new CopyEnd(_folder.TrackingUri, Options))
        using (var to = new CopyEnd(_folder.Combine("exported"), Options))
            await new StoreCopy(from, to, new(["digits"], _ => { })).CopyAsync(TestContext.Current.CancellationToken);

        var found = await python.RunAsync("read_copy", PythonEnvironment.NewestMlflow, new Uri(_folder.Combine("exported")).AbsoluteUri);

        var expected = JsonNode.Parse("""
            {
              "experiments": ["Default", "digits"], "runs": ["child", "parent"], "points": 2500, "params": 150, "dataset": "mnist", "child of": true,
              "files": ["empty.bin", "notes", "weights.bin"], "model": ["cnn", "3", [0.97]], "champion": [2, true]
            }
            """);
        Assert.True(JsonNode.DeepEquals(expected, found), found.ToJsonString());
    }

    [Fact]
    public async Task A_database_that_was_cleared_of_what_was_deleted_is_opened_by_MLflow()
    {
        var python = PythonEnvironment.Require();
        using (var client = new MlflowClient(_folder.TrackingUri, Options))
        {
            CopySample.Write(client, hasModels: true);
            client.DeleteExperiment(client.GetExperimentByName("other")!.ExperimentId);
            client.DeleteModelVersion("mnist", "3");
        }

        using (var end = new CopyEnd(_folder.TrackingUri, Options))
            Assert.Equal(3, (await new GarbageCollection(end, TimeProvider.System, new(default, false, _ => { })).CollectAsync(TestContext.Current.CancellationToken)).Removed.Count);

        var found = await python.RunAsync("read_copy", PythonEnvironment.NewestMlflow, _folder.TrackingUri);

        Assert.Equal("""["Default","digits"]""", found["experiments"]!.ToJsonString());
        Assert.Equal("""["child","parent"]""", found["runs"]!.ToJsonString());
        Assert.Equal(2500, (int)found["points"]!);
    }
}
