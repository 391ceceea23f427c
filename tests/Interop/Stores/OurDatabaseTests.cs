using MLflowSharp;

namespace Interop.Stores;

/// <summary>The real MLflow opens the databases that our client creates.</summary>
public sealed class OurDatabaseTests : IDisposable
{
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
    public async Task MLflow_finds_in_our_database_what_we_wrote(string mlflow, string databaseVersion)
    {
        var python = PythonEnvironment.Require();
        SampleStore.Write(_folder, databaseVersion);
        var ours = StoreReader.Read(_folder.TrackingUri);

        var theirs = StoreJson.Read(await python.RunAsync("read_store", mlflow, _folder.TrackingUri));

        Assert.Equal(ours.ToString(), theirs.ToString());
        var parent = Assert.Single(theirs.Runs, run => run.RunName == "parent");
        Assert.Equal(
            ["0.1 @ -5", "NaN @ 0", "1.7976931348623157e+308 @ 1", "-1.7976931348623157e+308 @ 2", "1e+300 @ 3", "5e-324 @ 4"],
            parent.History["odd"].OrderBy(point => point.Step).Select(point => $"{point.Value} @ {point.Step}"));
        Assert.Equal(3, parent.History["same step twice"].Count);
        Assert.Equal("\0\u00ff\u0080\n\r", parent.Artifacts["single/bytes.bin"]);
        Assert.Equal(8, parent.Artifacts.Count);
    }

    [Theory]
    [MemberData(nameof(Fitting))]
    public async Task MLflow_goes_on_in_our_database_and_we_read_what_it_added(string mlflow, string databaseVersion)
    {
        var python = PythonEnvironment.Require();
        var run = SampleStore.Write(_folder, databaseVersion);

        var theirs = StoreJson.Read(await python.RunAsync("append_store", mlflow, _folder.TrackingUri, run));

        var ours = StoreReader.Read(_folder.TrackingUri);
        Assert.Equal(theirs.ToString(), ours.ToString());
        Assert.Equal("Python: äöå ✓", ours.Runs.Single(item => item.RunName == "parent").Tags["appended.by"]);
        Assert.Equal("written by Python\n", ours.Runs.Single(item => item.RunName == "from python").Artifacts["notes/python.txt"]);
    }

    /// <summary>An older MLflow refuses a database of another version, and leaves it alone.</summary>
    [Theory]
    [InlineData("2.15.1", "2.22", "Detected out-of-date database schema")]
    [InlineData("2.15.1", "3.3", "Can't locate revision identified by '1a0cddfcaa16'")]
    [InlineData("2.15.1", "3.17", "Can't locate revision identified by 'dc11669786a5'")]
    [InlineData("2.22.5", "2.15", "Detected out-of-date database schema")]
    [InlineData("2.22.5", "3.3", "Can't locate revision identified by '1a0cddfcaa16'")]
    [InlineData("2.22.5", "3.17", "Can't locate revision identified by 'dc11669786a5'")]
    [InlineData("3.3.2", "2.15", "Detected out-of-date database schema")]
    [InlineData("3.3.2", "2.22", "Detected out-of-date database schema")]
    [InlineData("3.3.2", "3.17", "Can't locate revision identified by 'dc11669786a5'")]
    public async Task An_older_MLflow_refuses_a_database_of_another_version(string mlflow, string databaseVersion, string why)
    {
        var python = PythonEnvironment.Require();
        SampleStore.Write(_folder, databaseVersion);
        var before = await File.ReadAllBytesAsync(_folder.DatabasePath, TestContext.Current.CancellationToken);

        var answers = await python.RunAsync("open_stores", mlflow, _folder.TrackingUri);

        Assert.Contains(why, (string?)answers[0], StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.DatabasePath, TestContext.Current.CancellationToken));
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
}
