using MLflowSharp.Stores.Files;

namespace MLflowSharp.Tests.Stores.Files;

/// <summary>What is particular to files: folders, names, and what they hold to the byte.</summary>
public sealed class FileStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Root => Path.Combine(_folder.FullName, "mlruns");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_store_has_the_files_that_MLflow_makes()
    {
        using var client = NewClient();
        Assert.False(Directory.Exists(Root));
        var run = client.CreateRun("0", DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000), new Dictionary<string, string> { ["mlflow.user"] = "student" }, "first").Info.RunId;
        client.LogMetric(run, "loss", 0.1, DateTimeOffset.FromUnixTimeMilliseconds(5), 7);
        client.LogParam(run, "a/b c", "two\r\nlines");

        Assert.Equal(
            $"artifact_uri: file://{Root}/0/{run}/artifacts\ndeleted_time: null\nend_time: null\nentry_point_name: ''\nexperiment_id: '0'\nlifecycle_stage: active\nrun_id: {run}\nrun_name: first\n"
            + "source_name: ''\nsource_type: 4\nsource_version: ''\nstart_time: 1700000000000\nstatus: 1\ntags: []\nuser_id: student\n",
            File.ReadAllText(Path.Combine(Root, "0", run, "meta.yaml")));
        Assert.Equal("5 0.1 7\n", File.ReadAllText(Path.Combine(Root, "0", run, "metrics", "loss")));
        Assert.Equal("two\r\nlines", File.ReadAllText(Path.Combine(Root, "0", run, "params", "a", "b c")));
        Assert.True(Directory.Exists(Path.Combine(Root, ".trash")));
        Assert.True(Directory.Exists(Path.Combine(Root, "0", run, "artifacts")));
        Assert.Empty(Directory.EnumerateFiles(Root, "*.tmp", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("2.15", true, false)]
    [InlineData("2.22", true, false)]
    [InlineData("3.3", false, false)]
    [InlineData("3.17", false, true)]
    public void The_version_says_which_lines_a_new_file_has(string version, bool hasUuid, bool hasWorkspace)
    {
        using var client = NewClient(new() { DatabaseVersion = version });
        var run = client.CreateRun("0").Info.RunId;
        Assert.Equal(hasUuid, File.ReadAllText(Path.Combine(Root, "0", run, "meta.yaml")).Contains($"run_uuid: {run}\n", StringComparison.Ordinal));
        Assert.Equal(hasWorkspace, File.ReadAllText(Path.Combine(Root, "0", "meta.yaml")).Contains("workspace: default\n", StringComparison.Ordinal));
    }

    [Fact]
    public void A_version_that_is_not_known_is_refused_before_anything_is_written()
    {
        using var client = NewClient(new() { DatabaseVersion = "1.30" });
        Assert.Contains("2.15, 2.22, 3.3, 3.17", Assert.Throws<MlflowException>(() => client.SearchExperiments()).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Root));
    }

    [Fact]
    public void A_folder_of_other_things_is_left_alone()
    {
        Directory.CreateDirectory(Path.Combine(Root, "0", "artifacts"));
        File.WriteAllText(Path.Combine(Root, "thesis.docx"), "x");
        using var client = NewClient();

        var error = Assert.Throws<MlflowException>(() => client.SearchExperiments());
        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.Contains("left alone", error.Message, StringComparison.Ordinal);
        Assert.Throws<MlflowException>(() => client.CreateExperiment("e"));
        Assert.Equal(["0", "thesis.docx"], Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_named()
    {
        File.WriteAllText(Root, "x");
        using var client = NewClient();
        Assert.Contains("is a file", Assert.Throws<MlflowException>(() => client.SearchExperiments()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_experiment_moves_to_the_trash_and_back()
    {
        using var client = NewClient();
        var experiment = client.CreateExperiment("e");
        var run = client.CreateRun(experiment).Info.RunId;
        client.DeleteExperiment(experiment);
        Assert.Contains("lifecycle_stage: deleted\nname: e\ntags: {}\n", File.ReadAllText(Path.Combine(Root, ".trash", experiment, "meta.yaml")), StringComparison.Ordinal);
        Assert.Contains("deleted_time: 1", File.ReadAllText(Path.Combine(Root, ".trash", experiment, run, "meta.yaml")), StringComparison.Ordinal);
        client.RestoreExperiment(experiment);
        Assert.DoesNotContain("deleted_time", File.ReadAllText(Path.Combine(Root, experiment, run, "meta.yaml")), StringComparison.Ordinal);
        Assert.Throws<MlflowException>(() => client.DeleteExperiment("0"));
    }

    [Fact]
    public void Names_that_files_cannot_have_are_refused_before_anything_is_written()
    {
        using var client = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        client.LogBatch(run, [new("a", 1, 0)], [new("a", "1")], [new("a", "1")]);
        var tooLong = new string('数', 100);
        foreach (var key in (string[])["a/b", tooLong])
        {
            Refused(() => client.LogBatch(run, [new("fine", 1, 0), new(key, 1, 0)], [new("fine", "1")]));
            Refused(() => client.LogBatch(run, [], [new("fine", "1"), new(key, "1")]));
            Refused(() => client.LogBatch(run, [], [new("fine", "1")], [new("fine", "1"), new(key, "1")]));
        }

        client.LogParam(run, "x/y", 1);
        Refused(() => client.LogParam(run, "x", 1));
        Refused(() => client.LogBatch(run, [new("fine", 1, 0), new("m", 1, 0) { DatasetName = "two words", DatasetDigest = "1" }]));
        var data = client.GetRun(run).Data;
        Assert.Equal(["a"], data.Metrics.Keys);
        Assert.Equal(["a", "x/y"], data.Params.Keys.Order());
        Assert.Equal(["a", "mlflow.runName"], data.Tags.Keys.Order());

        static void Refused(Action call) => Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(call).ErrorCode);
    }

    [Fact]
    public void Where_capital_and_small_letters_are_the_same_a_second_name_is_refused()
    {
        var folder = Path.Combine(_folder.FullName, "params");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "LR"), "1");
        Assert.Contains("'LR'", Assert.Throws<MlflowException>(() => KeyFiles.CheckCase(folder, "lr", "lr", namesIgnoreCase: true)).Message, StringComparison.Ordinal);
        KeyFiles.CheckCase(folder, "LR", "LR", namesIgnoreCase: true);
        KeyFiles.CheckCase(folder, "lr", "lr", namesIgnoreCase: false);
    }

    [Theory]
    [InlineData("../0")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData(".trash")]
    public void What_cannot_be_an_experiment_is_refused(string id)
    {
        using var client = NewClient();
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => client.GetExperiment(id)).ErrorCode);
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => client.SearchRuns([id])).ErrorCode);
    }

    [Fact]
    public void A_filter_may_name_what_no_file_is_called()
    {
        using var client = NewClient();
        client.CreateRun("0");
        foreach (var key in (string[])["../../0/meta.yaml", "/etc/passwd", "..", "a//b", new string('x', 5000)])
            Assert.Empty(client.SearchRuns(["0"], $"params.`{key}` LIKE '%'"));
        Assert.Single(client.SearchRuns(["0"], "params.`../x` IS NULL"));
    }

    [Fact]
    public void Files_of_older_versions_are_read()
    {
        using var client = NewClient();
        var run = client.CreateRun("0", runName: "old").Info.RunId;
        var folder = Path.Combine(Root, "0", run);
        File.WriteAllText(Path.Combine(folder, "meta.yaml"), $"artifact_uri: x\r\nend_time: 1000\r\nexperiment_id: 0\r\nname: ''\r\nrun_uuid: {run}\r\nstart_time: 1\r\nstatus: 3\r\nuser_id: u\r\n");
        File.WriteAllText(Path.Combine(folder, "metrics", "m"), "5 0.5\r\n6 1e-05\r\n7 nan\r\n8 -inf\r\n");
        var read = client.GetRun(run);
        Assert.Equal((RunStatus.Finished, "old", LifecycleStage.Active), (read.Info.Status, read.Info.RunName, read.Info.LifecycleStage));
        Assert.Equal([0.5, 1e-05, double.NaN, double.NegativeInfinity], client.GetMetricHistory(run, "m").Select(point => point.Value));
    }

    [Fact]
    public void Metrics_know_the_dataset_they_were_measured_on()
    {
        using var client = NewClient();
        var run = client.CreateRun("0").Info.RunId;
        client.LogBatch(run, [new("m", 1, 5, 3) { DatasetName = "mnist", DatasetDigest = "6bbc" }]);
        Assert.Equal("5 1.0 3 mnist 6bbc\n", File.ReadAllText(Path.Combine(Root, "0", run, "metrics", "m")));
        Assert.Equal(("mnist", "6bbc", 3), (client.GetMetricHistory(run, "m")[0].DatasetName, client.GetMetricHistory(run, "m")[0].DatasetDigest, client.GetMetricHistory(run, "m")[0].Step));
    }

    [Fact]
    public void A_registered_model_of_a_moved_store_is_found_where_it_is_now()
    {
        string run;
        using (var client = NewClient())
        {
            run = client.CreateRun("0").Info.RunId;
            client.LogText(run, "x", "model/MLmodel");
            client.CreateRegisteredModel("m");
            client.CreateModelVersion("m", $"{client.GetRun(run).Info.ArtifactUri}/model", run);
        }

        var moved = Path.Combine(_folder.FullName, "else where");
        Directory.Move(Root, moved);
        using var there = new MlflowClient(moved);
        Assert.Equal($"file://{moved.Replace(" ", "%20", StringComparison.Ordinal)}/0/{run}/artifacts/model", there.GetModelVersionDownloadUri("m", "1"));
        Assert.Equal("x", File.ReadAllText(there.DownloadArtifacts(run, "model/MLmodel")));
    }

    [Fact]
    public void A_call_that_is_cancelled_writes_nothing()
    {
        using var client = NewClient();
        Assert.ThrowsAny<OperationCanceledException>(() => client.CreateExperimentAsync("e", cancellationToken: new(canceled: true)).GetAwaiter().GetResult());
        Assert.False(Directory.Exists(Root));
        client.Dispose();
        client.Dispose();
        Assert.Throws<ObjectDisposedException>(() => client.SearchExperiments());
    }

    private MlflowClient NewClient(MlflowClientOptions? options = null) =>
        new(Root, (options ?? new()) with { Journal = new JournalOptions { Enabled = false }, Warn = _ => { } });
}
