using Interop.Stores.Postgres;
using MLflowSharp;
using MLflowSharp.Copying;
using MLflowSharp.Maintenance;
using MLflowSharp.Tests.Copying;

namespace Interop.Copying;

/// <summary>Copies from and to a real PostgreSQL database, and what is removed from one for good.</summary>
public sealed class PostgresCopyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private MlflowClientOptions Options => new()
    {
        DefaultArtifactRoot = _folder.Combine("artifacts"),
        DatabaseVersion = "3.17",
        Journal = new() { Folder = _folder.Combine("journals") },
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_experiment_is_copied_with_all_that_belongs_to_it(bool toPostgres)
    {
        var (database, files) = (PostgresServer.Running.NewDatabase(), _folder.Combine("mlruns"));
        var (source, target) = toPostgres ? (files, database) : (database, files);
        using (var client = new MlflowClient(source, Options))
            CopySample.Write(client, hasModels: true);

        await CopySample.CopyAndCheckAsync(source, target, Options, hasModels: true);
    }

    [Fact]
    public async Task A_deleted_experiment_is_removed_with_all_rows_that_name_it()
    {
        var database = PostgresServer.Running.NewDatabase();
        using (var client = new MlflowClient(database, Options))
        {
            CopySample.Write(client, hasModels: true);
            client.DeleteRegisteredModel("mnist");
            foreach (var name in (string[])["digits", "other"])
                client.DeleteExperiment(client.GetExperimentByName(name)!.ExperimentId);
        }

        using var end = new CopyEnd(database, Options);
        var report = await new GarbageCollection(end, TimeProvider.System, new(default, false, _ => { })).CollectAsync(TestContext.Current.CancellationToken);

        Assert.Equal((2, 4, 1), (report.Removed.Count(item => item.Kind == DeletedKind.Experiment), report.Removed.Count(item => item.Kind == DeletedKind.Run), report.Removed.Count(item => item.Kind == DeletedKind.LoggedModel)));
        Assert.Empty(Directory.EnumerateFiles(_folder.Combine("artifacts"), "*", SearchOption.AllDirectories));
        using var again = new MlflowClient(database, Options);
        Assert.Equal(["Default"], again.SearchExperiments(ViewType.All).Select(experiment => experiment.Name));
    }
}
