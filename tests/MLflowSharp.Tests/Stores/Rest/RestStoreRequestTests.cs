using MLflowSharp.Stores;

namespace MLflowSharp.Tests.Stores.Rest;

/// <summary>The calls of <c>tests/Interop/Python/record_client.py</c>, made with our stores: each request must be the one that MLflow 3.17.2's client sends.</summary>
public sealed class RestStoreRequestTests : IDisposable
{
    private readonly RecordedSession _session = new("client-3.17.2");
    private readonly MlflowStores _stores;

    public RestStoreRequestTests() =>
        _stores = StoreFactory.Open("http://localhost:5000", new MlflowClientOptions { Http = new() { Handler = _session, MaxRetries = 0 } });

    private ITrackingStore Tracking => _stores.Tracking;

    private IModelRegistryStore Registry => _stores.Registry;

    [Fact]
    public async Task Every_request_is_the_one_that_MLflows_client_sends()
    {
        var experiment = await WorkWithExperiments();
        var run = await WorkWithRuns(experiment);
        await WorkWithLoggedModels(experiment, run);
        await WorkWithRegisteredModels(run);

        Assert.Equal(_session.Recorded, _session.Made);
    }

    public void Dispose()
    {
        _stores.Dispose();
        _session.Dispose();
    }

    private async Task<string> WorkWithExperiments()
    {
        var experiment = await Tracking.CreateExperimentAsync("recorded", null, new Dictionary<string, string> { ["k"] = "v ä" });
        var placed = await Tracking.CreateExperimentAsync("placed", "mlflow-artifacts:/elsewhere", null);
        var read = await Tracking.GetExperimentAsync(experiment);
        Assert.Equal(("recorded", "v ä", LifecycleStage.Active), (read.Name, read.Tags["k"], read.LifecycleStage));
        Assert.Equal(experiment, (await Tracking.GetExperimentByNameAsync("recorded"))!.ExperimentId);
        Assert.Null(await Tracking.GetExperimentByNameAsync("no such one & more"));
        Assert.Equal("placed", Assert.Single(await Tracking.SearchExperimentsAsync("name LIKE 'p%'", ViewType.All, 2, ["name ASC"], null)).Name);
        await Tracking.SetExperimentTagAsync(experiment, "a", "b");
        await Tracking.DeleteExperimentTagAsync(experiment, "a");
        await Refused(ErrorCode.ResourceDoesNotExist, () => Tracking.DeleteExperimentTagAsync(experiment, "a"));
        await Tracking.RenameExperimentAsync(placed, "moved");
        await Tracking.DeleteExperimentAsync(placed);
        await Tracking.RestoreExperimentAsync(placed);
        return experiment;
    }

    private async Task<string> WorkWithRuns(string experiment)
    {
        var start = DateTimeOffset.FromUnixTimeMilliseconds(1700000000000);
        var run = (await Tracking.CreateRunAsync(experiment, "maija", start, new Dictionary<string, string> { ["t"] = "1" }, "first")).Info.RunId;
        var unnamed = (await Tracking.CreateRunAsync(experiment, "", start.AddMilliseconds(1), null, null)).Info.RunId;
        await Tracking.LogBatchAsync(run, [new("loss", 0.5, 1700000000100, 3)], [], []);
        await Tracking.LogBatchAsync(run, [new("odd", double.NaN, 1700000000100)], [], []);
        await Tracking.LogBatchAsync(run, [], [new("lr", "0.1")], []);
        await Refused(ErrorCode.InvalidParameterValue, () => Tracking.LogBatchAsync(run, [], [new("lr", "0.2")], []));
        await Tracking.LogBatchAsync(run, [], [], [new("x", "y")]);
        await Tracking.DeleteTagAsync(run, "x");
        await Tracking.LogBatchAsync(
            run,
            [.. Enumerable.Range(0, 4).Select(i => new Metric("acc", 0.25 * i, 1700000000200 + i, i)), new("acc", double.PositiveInfinity, 1700000000300, 9)],
            [new("a", "1"), new("b", "2")],
            [new("c", "3")]);
        await Tracking.LogInputsAsync(run, [new(new("mnist", "d1", "local", "{}", "{}", "{\"num_rows\": 1}"), [new("mlflow.data.context", "train")])]);
        var read = await Tracking.GetRunAsync(run);
        Assert.Equal(("0.1", "3", 0.5), (read.Data.Params["lr"], read.Data.Tags["c"], read.Data.Metrics["loss"]));
        Assert.True(double.IsNaN(read.Data.Metrics["odd"]));
        Assert.Equal("train", Assert.Single(read.Inputs.DatasetInputs).Tags[0].Value);
        await Refused(ErrorCode.ResourceDoesNotExist, () => Tracking.GetRunAsync(new('f', 32)));
        Assert.Equal(5, (await Tracking.GetMetricHistoryAsync(run, "acc", null, null)).Count);
        var page = await Tracking.GetMetricHistoryAsync(run, "acc", 2, null);
        Assert.Equal((2, true), (page.Count, page.Token is not null));
        Assert.Equal(run, Assert.Single(await Tracking.SearchRunsAsync([experiment], "metrics.acc > 0.1", ViewType.ActiveOnly, 1, ["attributes.start_time DESC"], null)).Info.RunId);
        Assert.Equal(RunStatus.Finished, (await Tracking.UpdateRunInfoAsync(run, RunStatus.Finished, DateTimeOffset.FromUnixTimeMilliseconds(1700000009999), null)).Status);
        Assert.Equal("renamed", (await Tracking.UpdateRunInfoAsync(run, null, null, "renamed")).RunName);
        await Tracking.DeleteRunAsync(unnamed);
        await Tracking.RestoreRunAsync(unnamed);
        return run;
    }

    private async Task WorkWithLoggedModels(string experiment, string run)
    {
        var parameters = Enumerable.Range(0, 150).ToDictionary(i => $"p{i}", i => $"{i}");
        var created = await Tracking.CreateLoggedModelAsync(experiment, "model", run, new Dictionary<string, string> { ["a"] = "b" }, parameters, "mlp");
        Assert.Equal((150, LoggedModelStatus.Pending, "mlp"), (created.Params.Count, created.Status, created.ModelType));
        var model = (await Tracking.GetLoggedModelAsync(created.ModelId)).ModelId;
        await Tracking.SetLoggedModelTagsAsync(model, new Dictionary<string, string> { ["c/d"] = "e" });
        await Tracking.DeleteLoggedModelTagAsync(model, "a");
        await Tracking.LogOutputsAsync(run, [new(model, 9)]);
        await Tracking.LogInputsAsync(run, [], [new(model)]);
        await Tracking.LogBatchAsync(run, [new("test", 0.97, 5, 9) { ModelId = model, DatasetName = "mnist", DatasetDigest = "d1" }], [], []);
        Assert.Equal(LoggedModelStatus.Ready, (await Tracking.FinalizeLoggedModelAsync(model, LoggedModelStatus.Ready)).Status);
        var found = await Tracking.SearchLoggedModelsAsync([experiment], "metrics.test > 0.9", [new("mnist", "d1")], 5, [new("metrics.test", Ascending: false)], null);
        Assert.Equal(0.97, Assert.Single(Assert.Single(found).Metrics).Value);
        await Tracking.DeleteLoggedModelAsync(model);
        await Assert.ThrowsAsync<MlflowException>(() => Tracking.SetTraceTagAsync("tr-missing", "k", "v"));
        await Refused(ErrorCode.ResourceDoesNotExist, () => Tracking.DeleteTraceTagAsync("tr-missing", "k"));
    }

    private async Task WorkWithRegisteredModels(string run)
    {
        await Registry.CreateRegisteredModelAsync("mnist", new Dictionary<string, string> { ["task"] = "digits" }, "d");
        Assert.Equal("d", (await Registry.GetRegisteredModelAsync("mnist")).Description);
        var one = await Registry.CreateModelVersionAsync("mnist", "s3://bucket/model", run, new Dictionary<string, string> { ["v"] = "1" }, null, "one", null);
        Assert.Equal(("1", run, "one", ModelVersionStatus.Ready), (one.Version, one.RunId, one.Description, one.Status));
        Assert.Null((await Registry.CreateModelVersionAsync("mnist", "s3://bucket/model2", null, null, null, null, null)).RunId);
        await Registry.GetModelVersionAsync("mnist", "1");
        Assert.Equal("s3://bucket/model", await Registry.GetModelVersionDownloadUriAsync("mnist", "1"));
        Assert.Equal("new", (await Registry.UpdateModelVersionAsync("mnist", "1", "new")).Description);
        Assert.Equal("Production", (await Registry.TransitionModelVersionStageAsync("mnist", "1", "Production", archiveExistingVersions: true)).CurrentStage);
        Assert.Equal(2, (await Registry.GetLatestVersionsAsync("mnist", null)).Count);
        Assert.Single(await Registry.GetLatestVersionsAsync("mnist", ["Production"]));
        await Registry.SetModelVersionTagAsync("mnist", "1", "a", "b");
        await Registry.DeleteModelVersionTagAsync("mnist", "1", "a");
        await Registry.SetRegisteredModelAliasAsync("mnist", "champion", "1");
        Assert.Equal(["champion"], (await Registry.GetModelVersionByAliasAsync("mnist", "champion")).Aliases);
        await Refused(ErrorCode.InvalidParameterValue, () => Registry.GetModelVersionByAliasAsync("mnist", "nobody"));
        await Registry.DeleteRegisteredModelAliasAsync("mnist", "champion");
        await Registry.SetRegisteredModelTagAsync("mnist", "a", "b");
        await Registry.DeleteRegisteredModelTagAsync("mnist", "a");
        await Registry.UpdateRegisteredModelAsync("mnist", "better");
        Assert.Single(await Registry.SearchRegisteredModelsAsync("name LIKE 'mni%'", 10, ["name ASC"], null));
        var versions = await Registry.SearchModelVersionsAsync("name = 'mnist'", 1, ["version_number DESC"], null);
        Assert.Equal(("2", true), (Assert.Single(versions).Version, versions.Token is not null));
        Assert.Equal("digits", (await Registry.RenameRegisteredModelAsync("mnist", "digits")).Name);
        await Registry.DeleteModelVersionAsync("digits", "2");
        await Registry.DeleteRegisteredModelAsync("digits");
    }

    private static async Task Refused(ErrorCode code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<MlflowException>(call)).ErrorCode);
}
