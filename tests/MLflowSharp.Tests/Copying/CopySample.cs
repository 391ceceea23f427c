using MLflowSharp.Copying;

namespace MLflowSharp.Tests.Copying;

/// <summary>Experiments with everything that can belong to one, and what a copy of them has to hold.</summary>
public static class CopySample
{
    private const int Points = 2500;

    private static readonly byte[] Weights = [.. Enumerable.Range(0, 300_000).Select(number => (byte)(number * 7))];

    /// <summary>Writes the experiments <c>digits</c> and <c>other</c>.</summary>
    /// <param name="client">The source.</param>
    /// <param name="hasModels">Whether the source knows logged models.</param>
    public static void Write(MlflowClient client, bool hasModels)
    {
        ArgumentNullException.ThrowIfNull(client);
        var digits = client.CreateExperiment("digits", tags: new Dictionary<string, string> { ["mlflow.note.content"] = "all about digits ✓", ["team"] = "b" });
        var parent = client.CreateRun(digits, runName: "parent").Info.RunId;
        var child = client.CreateRun(digits, runName: "child", tags: new Dictionary<string, string> { ["mlflow.parentRunId"] = parent, ["mentions"] = $"see {parent} and others" }).Info.RunId;
        foreach (var some in Enumerable.Range(0, 150).Select(number => new Param($"p{number}", $"value {number} ä")).Chunk(100))
            client.LogBatch(parent, [], some, []);
        foreach (var some in Enumerable.Range(0, Points).Select(step => new Metric("train/loss", 1.0 / (step + 1), 1_000_000 + step, step)).Chunk(1000))
            client.LogBatch(parent, some, [], []);
        client.LogBatch(parent, [new("odd/nan", double.NaN, 5, 1), new("odd/inf", double.PositiveInfinity, 6, 2)], [], []);
        client.LogInputs(parent, [new(new("mnist", "abc123", "local", "{\"uri\": \"data\"}", "{\"schema\": 1}", "{\"rows\": 9}"), [new("mlflow.data.context", "training")])]);
        client.LogText(parent, "hyvää päivää", "notes/deep/a b.txt");
        client.LogBytes(parent, Weights, "weights.bin");
        client.LogBytes(parent, [], "empty.bin");
        client.LogText(child, "of the child", "model/MLmodel");
        client.SetTerminated(parent);
        client.SetTerminated(child, RunStatus.Failed);
        client.DeleteRun(client.CreateRun(digits, runName: "deleted").Info.RunId);

        var other = client.CreateExperiment("other");
        var elsewhere = client.CreateRun(other, runName: "elsewhere").Info.RunId;
        client.LogText(elsewhere, "of another", "model/MLmodel");
        client.CreateRegisteredModel("mnist", new Dictionary<string, string> { ["task"] = "digits" }, "all digits");
        if (hasModels)
        {
            var model = client.CreateLoggedModel(digits, "cnn", sourceRunId: parent, tags: new Dictionary<string, string> { ["a"] = "b" }, parameters: new Dictionary<string, string> { ["layers"] = "3" }, modelType: "onnx");
            client.FinalizeLoggedModel(model.ModelId, LoggedModelStatus.Ready);
            client.LogBatch(parent, [new("test/acc", 0.97, 7, 9) { ModelId = model.ModelId, DatasetName = "mnist", DatasetDigest = "abc123" }, new("test/acc", 0.5, 6, 8)], [], []);
            client.LogOutputs(parent, [new(model.ModelId, 9)]);
            client.CreateModelVersion("mnist", $"models:/{model.ModelId}", parent, description: "of the logged model", modelId: model.ModelId);
        }
        else
        {
            client.CreateModelVersion("mnist", $"{client.GetRun(parent).Info.ArtifactUri}/notes", parent, description: "of the logged model");
        }

        client.CreateModelVersion("mnist", $"{client.GetRun(child).Info.ArtifactUri}/model", child, tags: new Dictionary<string, string> { ["run"] = child });
        client.CreateModelVersion("mnist", $"{client.GetRun(elsewhere).Info.ArtifactUri}/model", elsewhere);
        client.SetRegisteredModelAlias("mnist", "champion", "2");
        client.Flush();
    }

    /// <summary>Copies <c>digits</c>, and fails when the target does not hold it.</summary>
    /// <param name="from">The source's URI.</param>
    /// <param name="to">The target's URI.</param>
    /// <param name="options">How the target is opened.</param>
    /// <param name="hasModels">Whether the source knows logged models.</param>
    /// <param name="fromOptions">How the source is opened; null as the target.</param>
    public static async Task CopyAndCheckAsync(string from, string to, MlflowClientOptions options, bool hasModels, MlflowClientOptions? fromOptions = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        CopyReport report;
        var told = new List<string>();
        using (var source = new CopyEnd(from, fromOptions ?? options))
        using (var target = new CopyEnd(to, options))
            report = await new StoreCopy(source, target, new(["digits"], told.Add)).CopyAsync(TestContext.Current.CancellationToken);
        Assert.Equal((1, 2, 1, 2, hasModels ? 1 : 0), (report.Experiments, report.Runs, report.RegisteredModels, report.Versions, report.LoggedModels));
        Assert.Contains(told, line => line.Contains("1 of other experiments", StringComparison.Ordinal));

        using var client = new MlflowClient(to, options);
        Check(client, hasModels);
        using (var source = new CopyEnd(from, fromOptions ?? options))
        using (var target = new CopyEnd(to, options))
        {
            var refused = await Assert.ThrowsAsync<MlflowException>(() => new StoreCopy(source, target, new(["digits"], told.Add)).CopyAsync(TestContext.Current.CancellationToken));
            Assert.Equal(ErrorCode.ResourceAlreadyExists, refused.ErrorCode);
            var renamed = client.GetExperimentByName("digits")!.ExperimentId;
            client.RenameExperiment(renamed, "renamed");
            refused = await Assert.ThrowsAsync<MlflowException>(() => new StoreCopy(source, target, new(["digits"], told.Add)).CopyAsync(TestContext.Current.CancellationToken));
            Assert.Contains("registered model 'mnist'", refused.Message, StringComparison.Ordinal);
            Assert.Null(client.GetExperimentByName("digits"));
        }
    }

    private static void Check(MlflowClient client, bool hasModels)
    {
        var digits = client.GetExperimentByName("digits")!;
        Assert.Equal(("all about digits ✓", "b"), (digits.Tags["mlflow.note.content"], digits.Tags["team"]));
        Assert.Null(client.GetExperimentByName("other"));
        var runs = client.SearchRuns([digits.ExperimentId], orderBy: ["attributes.start_time ASC"], viewType: ViewType.All).ToDictionary(run => run.Info.RunName);
        Assert.Equal(["child", "parent"], runs.Keys.Order());
        var (parent, child) = (runs["parent"], runs["child"]);
        Assert.Equal((RunStatus.Finished, RunStatus.Failed), (parent.Info.Status, child.Info.Status));
        Assert.Equal(parent.Info.RunId, child.Data.Tags["mlflow.parentRunId"]);
        Assert.Equal($"see {parent.Info.RunId} and others", child.Data.Tags["mentions"]);
        Assert.NotEqual(parent.Info.RunId, parent.Data.Tags["mlflowsharp.copiedFromRun"]);
        Assert.Equal((150, "value 149 ä"), (parent.Data.Params.Count, parent.Data.Params["p149"]));
        Assert.Equal(Enumerable.Range(0, Points).Select(step => (1.0 / (step + 1), (long)step, 1_000_000L + step)), client.GetMetricHistory(parent.Info.RunId, "train/loss").Select(point => (point.Value, point.Step, point.Timestamp)).OrderBy(point => point.Step));
        Assert.True(double.IsNaN(parent.Data.Metrics["odd/nan"]));
        Assert.True(parent.Data.Metrics["odd/inf"] >= double.MaxValue);
        var input = Assert.Single(parent.Inputs.DatasetInputs);
        Assert.Equal((new Dataset("mnist", "abc123", "local", "{\"uri\": \"data\"}", "{\"schema\": 1}", "{\"rows\": 9}"), "training"), (input.Dataset, input.Tags.Single().Value));
        using (var folder = new TemporaryFolder())
        {
            Assert.Equal("hyvää päivää", File.ReadAllText(client.DownloadArtifacts(parent.Info.RunId, "notes/deep/a b.txt", folder.FullName)));
            Assert.True(File.ReadAllBytes(client.DownloadArtifacts(parent.Info.RunId, "weights.bin", folder.FullName)).AsSpan().SequenceEqual(Weights));
            Assert.Empty(File.ReadAllBytes(client.DownloadArtifacts(parent.Info.RunId, "empty.bin", folder.FullName)));
        }

        var model = client.GetRegisteredModel("mnist");
        Assert.Equal(("all digits", "digits", "2"), (model.Description, model.Tags["task"], model.Aliases["champion"]));
        var (first, second) = (client.GetModelVersion("mnist", "1"), client.GetModelVersion("mnist", "2"));
        Assert.Equal((parent.Info.RunId, "of the logged model"), (first.RunId, first.Description));
        Assert.Equal((child.Info.RunId, child.Info.RunId, $"{child.Info.ArtifactUri}/model"), (second.RunId, second.Tags["run"], second.Source));
        if (!hasModels)
            return;
        var logged = Assert.Single(client.SearchLoggedModels([digits.ExperimentId]));
        Assert.Equal(("cnn", LoggedModelStatus.Ready, "onnx", "3", "b", parent.Info.RunId), (logged.Name, logged.Status, logged.ModelType, logged.Params["layers"], logged.Tags["a"], logged.SourceRunId));
        var metric = Assert.Single(logged.Metrics);
        Assert.Equal((0.97, 9L, "mnist", parent.Info.RunId), (metric.Value, metric.Step, metric.DatasetName, metric.RunId));
        Assert.Equal([0.5, 0.97], client.GetMetricHistory(parent.Info.RunId, "test/acc").Select(point => point.Value).Order());
        Assert.Equal((logged.ModelId, 9L), (Assert.Single(parent.Outputs.ModelOutputs).ModelId, parent.Outputs.ModelOutputs[0].Step));
        Assert.Equal($"models:/{logged.ModelId}", first.Source);
    }
}
