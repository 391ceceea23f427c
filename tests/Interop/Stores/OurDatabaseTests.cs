using MLflowSharp;

namespace Interop.Stores;

/// <summary>The real MLflow opens the databases that our client creates.</summary>
public sealed class OurDatabaseTests : IDisposable
{
    private const string OutOfDate = "Detected out-of-date database schema";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Which MLflow opens a database created for which version. From 3.7 on MLflow upgrades an older database itself.</summary>
    public static TheoryData<string, string> Fitting => new()
    {
        { "2.15.1", "2.15" },
        { "2.22.5", "2.22" },
        { "3.3.2", "3.3" },
        { "3.17.2", "2.15" },
        { "3.17.2", "2.22" },
        { "3.17.2", "3.3" },
        { "3.17.2", "3.17" },
    };

    [Theory]
    [MemberData(nameof(Fitting))]
    public async Task MLflow_finds_in_our_database_what_we_wrote_and_we_find_what_it_adds(string mlflow, string databaseVersion)
    {
        var python = PythonEnvironment.Require();
        var run = SampleStore.Write(_folder, databaseVersion);
        var ours = StoreReader.Read(_folder.TrackingUri);

        var theirs = await python.RunAsync("append_store", mlflow, _folder.TrackingUri, run);

        var before = StoreJson.Read(theirs["before"]!);
        Assert.Equal(ours.ToString(), before.ToString());
        var parent = Assert.Single(before.Runs, item => item.RunName == "parent");
        Assert.Equal(
            ["0.1 @ -5", "NaN @ 0", "1.7976931348623157e+308 @ 1", "-1.7976931348623157e+308 @ 2", "1e+300 @ 3", "5e-324 @ 4"],
            parent.History["odd"].OrderBy(point => point.Step).Select(point => $"{point.Value} @ {point.Step}"));
        Assert.Equal(3, parent.History["same step twice"].Count);
        Assert.Equal("\0\u00ff\u0080\n\r", parent.Artifacts["single/bytes.bin"]);
        Assert.Equal(8, parent.Artifacts.Count);

        ours = StoreReader.Read(_folder.TrackingUri);
        Assert.Equal(StoreJson.Read(theirs["after"]!).ToString(), ours.ToString());
        Assert.Equal("Python: äöå ✓", ours.Runs.Single(item => item.RunName == "parent").Tags["appended.by"]);
        Assert.Equal("written by Python\n", ours.Runs.Single(item => item.RunName == "from python").Artifacts["notes/python.txt"]);
    }

    /// <summary>Which databases an older MLflow refuses, and how. Those of its own version are in <see cref="Fitting"/>.</summary>
    public static TheoryData<string, string[], string[]> Refused => new()
    {
        { "2.15.1", ["2.22", "3.3", "3.17"], [OutOfDate, Unknown("1a0cddfcaa16"), Unknown("dc11669786a5")] },
        { "2.22.5", ["2.15", "3.3", "3.17"], [OutOfDate, Unknown("1a0cddfcaa16"), Unknown("dc11669786a5")] },
        { "3.3.2", ["2.15", "2.22", "3.17"], [OutOfDate, OutOfDate, Unknown("dc11669786a5")] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task An_older_MLflow_refuses_a_database_of_another_version_and_leaves_it_alone(string mlflow, string[] databaseVersions, string[] reasons)
    {
        var python = PythonEnvironment.Require();
        var paths = databaseVersions.Select(version => _folder.Combine($"{version}.db")).ToList();
        foreach (var (path, version) in paths.Zip(databaseVersions))
        {
            using var client = new MlflowClient($"sqlite:///{path}", new() { DatabaseVersion = version, DefaultArtifactRoot = _folder.FullName });
            client.CreateExperiment("ours");
        }

        var before = paths.ConvertAll(File.ReadAllBytes);

        var answers = await python.RunAsync("open_stores", mlflow, [.. paths.Select(path => $"sqlite:///{path}")]);

        foreach (var (answer, reason) in answers.AsArray().GetValues<string>().Zip(reasons))
            Assert.Contains(reason, answer, StringComparison.Ordinal);
        Assert.Equal(before, paths.ConvertAll(File.ReadAllBytes));
    }

    [Theory]
    [InlineData("2.15.1", "2.15")]
    [InlineData("3.3.2", "3.3")]
    [InlineData("3.17.2", "3.3")]
    public async Task A_search_finds_the_same_runs_as_in_MLflow(string mlflow, string databaseVersion)
    {
        var python = PythonEnvironment.Require();
        SampleStore.Write(_folder, databaseVersion);
        string[] filters =
        [
            "metrics.accuracy > 0.35 and metrics.accuracy <= 0.9",
            "params.optimizer = 'adam'",
            "params.optimizer != 'adam'",
            "attributes.status = 'FAILED'",
            "attributes.run_name LIKE 'child%'",
            "attributes.run_name ILIKE 'CHILD F%'",
            "tags.`mlflow.note.content` LIKE '%note%'",
            "metrics.odd > 0",
            "metrics.`ends with nan` != 1",
            // The older versions' own query for datasets fails with the SQLAlchemy that stands beside them here.
            .. mlflow == PythonEnvironment.NewestMlflow ? ["dataset.name = 'mnist' and dataset.context = 'train'"] : Array.Empty<string>(),
        ];

        var theirs = await python.RunAsync("search_store", mlflow, [_folder.TrackingUri, SampleStore.Experiment, .. filters]);

        using var client = new MlflowClient(_folder.TrackingUri);
        var experiment = client.GetExperimentByName(SampleStore.Experiment)!.ExperimentId;
        foreach (var (filter, found) in filters.Zip(theirs.AsArray()))
        {
            var ours = client.SearchRuns([experiment], filter, orderBy: ["metrics.accuracy DESC", "attributes.run_name ASC"]);
            Assert.Equal(found!.AsArray().GetValues<string>(), ours.Select(run => run.Info.RunName));
        }

        Assert.Contains(theirs.AsArray(), found => found!.AsArray().Count > 1);
    }

    [Fact]
    public async Task MLflow_and_we_may_write_to_one_run_at_the_same_time()
    {
        var python = PythonEnvironment.Require();
        using var client = new MlflowClient(_folder.TrackingUri, new() { DatabaseVersion = "3.17", DefaultArtifactRoot = _folder.FullName });
        var run = client.CreateRun("0").Info.RunId;

        var theirs = python.RunAsync("write_metrics", "3.17.2", _folder.TrackingUri, run, "50");
        var ours = 0;
        while (!theirs.IsCompleted)
        {
            client.LogMetric(run, "ours", ours, DateTimeOffset.FromUnixTimeMilliseconds(ours), ours);
            ours++;
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await theirs;
        Assert.Equal(Enumerable.Range(0, 50).Select(step => (long)step), client.GetMetricHistory(run, "theirs").Select(point => point.Step));
        Assert.Equal(Enumerable.Range(0, ours).Select(step => (long)step), client.GetMetricHistory(run, "ours").Select(point => point.Step));
    }

    private static string Unknown(string revision) => $"Can't locate revision identified by '{revision}'";
}
