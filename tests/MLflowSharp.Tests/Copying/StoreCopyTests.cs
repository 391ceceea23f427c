using MLflowSharp.Copying;
using MLflowSharp.Stores;

namespace MLflowSharp.Tests.Copying;

/// <summary>Copies between databases and folders; those with a server or PostgreSQL at one end are in the tests of these.</summary>
public sealed class StoreCopyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private MlflowClientOptions Options(string root) => new()
    {
        DefaultArtifactRoot = Path.Combine(_folder.FullName, root),
        DatabaseVersion = "3.17",
        Journal = new() { Folder = Path.Combine(_folder.FullName, "journals") },
    };

    [Theory]
    [InlineData("sqlite", "files")]
    [InlineData("files", "sqlite")]
    [InlineData("sqlite", "sqlite")]
    [InlineData("files", "files")]
    public async Task An_experiment_is_copied_with_all_that_belongs_to_it(string from, string to)
    {
        var (source, target) = (Uri(from, "source"), Uri(to, "target"));
        using (var client = new MlflowClient(source, Options("source artifacts")))
            CopySample.Write(client, hasModels: true);

        await CopySample.CopyAndCheckAsync(source, target, Options("target artifacts"), hasModels: true);
    }

    [Fact]
    public async Task An_experiment_of_MLflow_2_is_copied_to_one_of_MLflow_3_and_not_back_with_models()
    {
        var (old, now) = (Uri("sqlite", "old"), Uri("sqlite", "now"));
        using (var client = new MlflowClient(old, Options("old artifacts") with { DatabaseVersion = "2.15" }))
            CopySample.Write(client, hasModels: false);
        await CopySample.CopyAndCheckAsync(old, now, Options("new artifacts"), hasModels: false, Options("old artifacts") with { DatabaseVersion = "2.15" });

        var withModels = Uri("sqlite", "with models");
        using (var client = new MlflowClient(withModels, Options("their artifacts")))
            CopySample.Write(client, hasModels: true);
        using var source = new CopyEnd(withModels, Options("their artifacts"));
        using var target = new CopyEnd(Uri("sqlite", "back"), Options("back artifacts") with { DatabaseVersion = "2.15" });
        var refused = await Assert.ThrowsAsync<MlflowException>(() => new StoreCopy(source, target, new(["digits"], _ => { })).CopyAsync(TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCode.NotImplemented, refused.ErrorCode);
        Assert.Null(await target.Tracking.GetExperimentByNameAsync("digits", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Traces_stay_behind_and_are_counted(int count)
    {
        using var from = new CopyEnd(Uri("sqlite", "source"), Options("a"));
        using var to = new CopyEnd(Uri("files", "target"), Options("b"));
        var traced = await from.Tracking.CreateExperimentAsync("traced", null, null, TestContext.Current.CancellationToken);
        for (var number = 0; number < count; number++)
            await ((ITraceStore)from.Tracking).StartTraceAsync(new($"tr-{number:x32}", traced, 1), isFinal: true, TestContext.Current.CancellationToken);
        // Those of experiments that are not copied do not count.
        await ((ITraceStore)from.Tracking).StartTraceAsync(new($"tr-{7:x32}", "0", 1), isFinal: true, TestContext.Current.CancellationToken);
        var told = new List<string>();

        await new StoreCopy(from, to, new(["traced"], told.Add)).CopyAsync(TestContext.Current.CancellationToken);

        Assert.Equal(count == 0 ? [] : [$"{count} traces stay behind in"], told.Where(line => line.Contains("traces", StringComparison.OrdinalIgnoreCase)).Select(line => string.Join(' ', line.Split(' ').Take(5))));
    }

    [Fact]
    public async Task Without_names_all_are_copied_and_an_empty_Default_is_left_out()
    {
        var source = Uri("sqlite", "source");
        using (var client = new MlflowClient(source, Options("a")))
            CopySample.Write(client, hasModels: true);
        using var from = new CopyEnd(source, Options("a"));
        using var to = new CopyEnd(Uri("files", "target"), Options("b"));

        var report = await new StoreCopy(from, to, new(null, _ => { })).CopyAsync(TestContext.Current.CancellationToken);

        Assert.Equal((2, 3, 3), (report.Experiments, report.Runs, report.Versions));
    }

    [Fact]
    public async Task Runs_of_Default_go_into_a_Default_that_is_empty_and_no_other()
    {
        var (source, target) = (Uri("sqlite", "source"), Uri("files", "target"));
        using (var client = new MlflowClient(source, Options("a")))
            client.CreateRun("0", runName: "first");
        using var from = new CopyEnd(source, Options("a"));
        using var to = new CopyEnd(target, Options("b"));

        await new StoreCopy(from, to, new(null, _ => { })).CopyAsync(TestContext.Current.CancellationToken);

        using (var client = new MlflowClient(target, Options("b")))
            Assert.Equal("first", Assert.Single(client.SearchRuns(["0"])).Info.RunName);
        var refused = await Assert.ThrowsAsync<MlflowException>(() => new StoreCopy(from, to, new(null, _ => { })).CopyAsync(TestContext.Current.CancellationToken));
        Assert.Contains("'Default'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_refused_with_those_that_are()
    {
        using var from = new CopyEnd(Uri("sqlite", "source"), Options("a"));
        using var to = new CopyEnd(Uri("files", "target"), Options("b"));

        var refused = await Assert.ThrowsAsync<MlflowException>(() => new StoreCopy(from, to, new(["digist"], _ => { })).CopyAsync(TestContext.Current.CancellationToken));

        Assert.Contains("'digist'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Default", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "target")));
    }

    [Fact]
    public async Task Files_of_a_server_are_taken_from_where_it_keeps_them()
    {
        var source = Uri("sqlite", "source");
        var served = Path.Combine(_folder.FullName, "mlartifacts");
        string run;
        using (var client = new MlflowClient(source, Options("a") with { DefaultArtifactRoot = "mlflow-artifacts:/" }))
            run = client.CreateRun("0").Info.RunId;
        Directory.CreateDirectory(Path.Combine(served, "0", run, "artifacts"));
        await File.WriteAllTextAsync(Path.Combine(served, "0", run, "artifacts", "a.txt"), "served", TestContext.Current.CancellationToken);
        using var from = new CopyEnd(source, Options("a"), served);
        using var to = new CopyEnd(Uri("files", "target"), Options("b"));

        var report = await new StoreCopy(from, to, new(null, _ => { })).CopyAsync(TestContext.Current.CancellationToken);

        Assert.Equal((1, 6L), (report.Files, report.Bytes));
    }

    private string Uri(string kind, string name) => kind == "files" ? Path.Combine(_folder.FullName, name) : $"sqlite:///{Path.Combine(_folder.FullName, $"{name}.db")}";
}
