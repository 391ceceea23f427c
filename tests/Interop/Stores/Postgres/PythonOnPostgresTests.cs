using MLflowSharp;

namespace Interop.Stores.Postgres;

/// <summary>The real MLflow and our client on one PostgreSQL database.</summary>
public sealed class PythonOnPostgresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(OurDatabaseTests.Fitting), MemberType = typeof(OurDatabaseTests))]
    public async Task MLflow_finds_in_our_database_what_we_wrote_and_we_find_what_it_adds(string mlflow, string databaseVersion)
    {
        var python = PythonEnvironment.Require();
        var uri = PostgresServer.Running.NewDatabase();
        var run = SampleStore.Write(_folder, databaseVersion, uri);
        var ours = StoreReader.Read(uri);

        var theirs = await python.RunAsync("append_store", mlflow, uri, run);

        Assert.Equal(ours.ToString(), StoreJson.Read(theirs["before"]!).ToString());
        Assert.Equal(StoreJson.Read(theirs["after"]!).ToString(), StoreReader.Read(uri).ToString());
    }

    [Theory]
    [InlineData("2.15.1")]
    [InlineData("2.22.5")]
    [InlineData("3.3.2")]
    [InlineData("3.17.2")]
    public async Task We_read_and_go_on_in_a_database_that_MLflow_created(string mlflow)
    {
        var python = PythonEnvironment.Require();
        var uri = PostgresServer.Running.NewDatabase();
        var theirs = StoreJson.Read(await python.RunAsync("create_store", mlflow, _folder.FullName, uri));
        var ours = StoreReader.Read(uri);
        Assert.Equal(theirs.ToString(), ours.ToString());

        using (var client = new MlflowClient(uri))
        {
            var parent = ours.Runs.Single(run => run.RunName == "parent").RunId;
            client.LogMetric(parent, "loss", 0.0625, step: 99);
            client.SetTag(parent, "appended.by", "C#: äöå ✓");
            client.LogParam(client.CreateRun(client.CreateExperiment("added by us"), runName: "ours").Info.RunId, "optimizer", "sgd");
        }

        Assert.Equal(StoreReader.Read(uri).ToString(), StoreJson.Read(await python.RunAsync("read_store", mlflow, uri)).ToString());
    }
}
