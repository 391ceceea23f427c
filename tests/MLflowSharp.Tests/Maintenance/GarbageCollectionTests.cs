using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using MLflowSharp.Copying;
using MLflowSharp.Maintenance;

namespace MLflowSharp.Tests.Maintenance;

public sealed class GarbageCollectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly List<string> _told = [];

    public void Dispose() => _folder.Dispose();

    private MlflowClientOptions Options => new()
    {
        DefaultArtifactRoot = Path.Combine(_folder.FullName, "artifacts"),
        DatabaseVersion = "3.17",
        TimeProvider = _time,
        Journal = new() { Folder = Path.Combine(_folder.FullName, "journals") },
    };

    [Theory]
    [InlineData("sqlite")]
    [InlineData("files")]
    public async Task What_was_deleted_is_gone_with_its_files_and_all_else_stays(string kind)
    {
        var uri = Uri(kind);
        string kept, deleted, experiment;
        using (var client = new MlflowClient(uri, Options))
        {
            (kept, deleted) = (Fill(client, "0", "kept"), Fill(client, "0", "deleted"));
            client.DeleteRun(deleted);
            experiment = client.CreateExperiment("deleted experiment");
            Fill(client, experiment, "in it");
            client.DeleteExperiment(experiment);
            client.DeleteLoggedModel(client.CreateLoggedModel("0", "deleted model").ModelId);
        }

        var dry = await CollectAsync(uri, dryRun: true);
        Assert.Equal([DeletedKind.LoggedModel, DeletedKind.LoggedModel, DeletedKind.Run, DeletedKind.Run, DeletedKind.Experiment], dry.Removed.Select(item => item.Kind).Order());
        using (var client = new MlflowClient(uri, Options))
            Assert.Equal("deleted", client.GetRun(deleted).Info.RunName);

        var report = await CollectAsync(uri);
        Assert.Equal(dry.Removed.Select(item => item.Id).Order(), report.Removed.Select(item => item.Id).Order());

        using (var client = new MlflowClient(uri, Options))
        {
            Assert.Equal(ErrorCode.ResourceDoesNotExist, Assert.Throws<MlflowException>(() => client.GetRun(deleted)).ErrorCode);
            Assert.Equal(ErrorCode.ResourceDoesNotExist, Assert.Throws<MlflowException>(() => client.GetExperiment(experiment)).ErrorCode);
            Assert.Equal("kept", Assert.Single(client.SearchRuns(["0"], viewType: ViewType.All)).Info.RunName);
            Assert.Equal(3, client.GetMetricHistory(kept, "loss").Count);
            // A model outlives the run that made it, as in MLflow.
            Assert.Equal(["model of deleted", "model of kept"], client.SearchLoggedModels(["0"]).Select(model => model.Name).Order());
            Assert.NotEmpty(client.CreateExperiment("deleted experiment"));
        }

        Assert.Equal([kept], Directory.EnumerateFiles(_folder.FullName, "file.txt", SearchOption.AllDirectories).Select(file => File.ReadAllText(file)));
        Assert.Empty((await CollectAsync(uri)).Removed);
        if (kind == "sqlite")
            Assert.Equal(0, Orphans());
    }

    [Fact]
    public async Task Only_what_was_deleted_long_ago_goes()
    {
        var uri = Uri("sqlite");
        using var client = new MlflowClient(uri, Options);
        var (old, young) = (Fill(client, "0", "old"), Fill(client, "0", "young"));
        client.DeleteRun(old);
        _time.Advance(TimeSpan.FromDays(10));
        client.DeleteRun(young);
        _time.Advance(TimeSpan.FromDays(1));

        var report = await CollectAsync(uri, olderThan: TimeSpan.FromDays(5));

        Assert.Equal((old, 1), (Assert.Single(report.Removed).Id, report.Kept));
        Assert.Equal("young", client.GetRun(young).Info.RunName);
    }

    [Fact]
    public async Task What_a_registered_version_is_made_of_stays()
    {
        var uri = Uri("sqlite");
        using var client = new MlflowClient(uri, Options);
        var experiment = client.CreateExperiment("registered");
        var run = Fill(client, experiment, "champion");
        client.CreateRegisteredModel("digits");
        client.CreateModelVersion("digits", $"{client.GetRun(run).Info.ArtifactUri}/folder", run);
        client.DeleteExperiment(experiment);

        var report = await CollectAsync(uri);

        Assert.DoesNotContain(report.Removed, item => item.Id == run || item.Id == experiment);
        Assert.Contains(_told, line => line.Contains(run, StringComparison.Ordinal) && line.Contains("version 1 of 'digits'", StringComparison.Ordinal));
        Assert.Equal("champion", client.GetRun(run).Info.RunName);
        Assert.Single(Directory.EnumerateFiles(_folder.FullName, "file.txt", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Files_outside_of_a_runs_own_folder_are_left_alone()
    {
        var uri = Uri("sqlite");
        var shared = Directory.CreateDirectory(Path.Combine(_folder.FullName, "shared")).FullName;
        await File.WriteAllTextAsync(Path.Combine(shared, "others.txt"), "others'", TestContext.Current.CancellationToken);
        using (var client = new MlflowClient(uri, Options))
        {
            var run = client.CreateRun("0").Info.RunId;
            Execute($"UPDATE runs SET artifact_uri = '{shared}' WHERE run_uuid = '{run}'");
            client.DeleteRun(run);
        }

        Assert.Single((await CollectAsync(uri)).Removed);

        Assert.True(File.Exists(Path.Combine(shared, "others.txt")));
        Assert.Contains(_told, line => line.Contains("is not a folder of its own", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_that_a_server_keeps_are_removed_where_it_keeps_them()
    {
        var uri = Uri("sqlite");
        var served = Path.Combine(_folder.FullName, "mlartifacts");
        string run;
        using (var client = new MlflowClient(uri, Options with { DefaultArtifactRoot = "mlflow-artifacts:/" }))
        {
            run = client.CreateRun("0").Info.RunId;
            client.DeleteRun(run);
        }

        var folder = Directory.CreateDirectory(Path.Combine(served, "0", run, "artifacts")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "a.txt"), "a", TestContext.Current.CancellationToken);
        using (var end = new CopyEnd(uri, Options, served))
            Assert.Single((await new GarbageCollection(end, _time, new(TimeSpan.Zero, false, _told.Add)).CollectAsync(TestContext.Current.CancellationToken)).Removed);

        Assert.Empty(Directory.EnumerateFiles(served, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_a_killed_upload_left_goes_when_it_is_a_day_old()
    {
        var uri = Uri("sqlite");
        var served = Path.Combine(_folder.FullName, "mlartifacts");
        using (var client = new MlflowClient(uri, Options))
            Fill(client, "0", "kept");
        var (old, young, file) = (Left(Path.Combine(Options.DefaultArtifactRoot!, "0", "models"), "old", 25), Left(served, "young", 23), Left(served, "model.onnx", 100, ""));
        var hidden = Left(Path.Combine(served, "7", "artifacts"), "hidden", 49);

        Assert.Equal(2, (await CollectAsync(dryRun: true)).Uploads);
        Assert.All([old, young, file, hidden], path => Assert.True(File.Exists(path)));
        Assert.Equal(1, (await CollectAsync(dryRun: true, TimeSpan.FromHours(48))).Uploads);
        Assert.Equal(2, (await CollectAsync()).Uploads);

        Assert.Equal([false, false, true, true], new[] { old, hidden, young, file }.Select(File.Exists));
        Assert.Contains(_told, line => line.StartsWith("Removed: left over of an upload", StringComparison.Ordinal) && line.EndsWith(hidden, StringComparison.Ordinal));
        Assert.Equal(0, (await CollectAsync()).Uploads);

        async Task<GarbageReport> CollectAsync(bool dryRun = false, TimeSpan olderThan = default)
        {
            using var end = new CopyEnd(uri, Options, served);
            return await new GarbageCollection(end, _time, new(olderThan, dryRun, _told.Add)).CollectAsync(TestContext.Current.CancellationToken);
        }

        string Left(string folder, string name, int hours, string prefix = ".artifact.uploading.")
        {
            var path = Path.Combine(Directory.CreateDirectory(folder).FullName, prefix + name);
            File.WriteAllText(path, name);
            File.SetLastWriteTimeUtc(path, (_time.GetUtcNow() - TimeSpan.FromHours(hours)).UtcDateTime);
            return path;
        }
    }

    private string Uri(string kind) => kind == "files" ? Path.Combine(_folder.FullName, "mlruns") : _folder.TrackingUri;

    private static string Fill(MlflowClient client, string experiment, string name)
    {
        var run = client.CreateRun(experiment, runName: name).Info.RunId;
        var model = client.CreateLoggedModel(experiment, $"model of {name}", sourceRunId: run, parameters: new Dictionary<string, string> { ["a"] = "b" }, tags: new Dictionary<string, string> { ["a"] = "b" }).ModelId;
        client.LogBatch(run, [new("loss", 1, 1, 1), new("loss", 2, 2, 2), new("loss", 3, 3, 3) { ModelId = model }], [new("p", "1")], [new("t", "1")]);
        client.LogInputs(run, [new(new("data", "digest", "local", "here"), [new("mlflow.data.context", "training")])]);
        client.LogOutputs(run, [new(model, 1)]);
        client.LogText(run, run, "folder/file.txt");
        client.SetTerminated(run);
        return run;
    }

    private async Task<GarbageReport> CollectAsync(string uri, bool dryRun = false, TimeSpan olderThan = default)
    {
        using var end = new CopyEnd(uri, Options);
        return await new GarbageCollection(end, _time, new(olderThan, dryRun, _told.Add)).CollectAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Rows that name a run or a model that is gone.</summary>
    private long Orphans() => Execute("""
        SELECT (SELECT count(*) FROM metrics WHERE run_uuid NOT IN (SELECT run_uuid FROM runs)) + (SELECT count(*) FROM params WHERE run_uuid NOT IN (SELECT run_uuid FROM runs))
            + (SELECT count(*) FROM inputs WHERE source_type = 'RUN_OUTPUT' AND source_id NOT IN (SELECT run_uuid FROM runs))
            + (SELECT count(*) FROM inputs WHERE destination_type = 'RUN' AND destination_id NOT IN (SELECT run_uuid FROM runs))
            + (SELECT count(*) FROM input_tags WHERE input_uuid NOT IN (SELECT input_uuid FROM inputs))
            + (SELECT count(*) FROM logged_model_params WHERE model_id NOT IN (SELECT model_id FROM logged_models))
            + (SELECT count(*) FROM datasets WHERE experiment_id NOT IN (SELECT experiment_id FROM experiments))
        """) ?? -1;

    private long? Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.DatabasePath};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as long?;
    }
}
