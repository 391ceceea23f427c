using MLflowSharp;
using MLflowSharp.Serving.Maintenance;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Tests.Verbs;

/// <summary><c>gc</c>, <c>export</c> and <c>import</c>.</summary>
public sealed class StoreVerbTests : IDisposable
{
    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    private string Database => $"sqlite:///{_course.PathOf("mlflow.db")}";

    [Fact]
    public async Task An_exported_experiment_is_a_store_of_MLflow_and_is_imported_again()
    {
        var run = WriteRun("digits");

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("export", _course.PathOf("exported"), "--backend-store-uri", Database, "-e", "digits"));
        Assert.Contains("Copied and read back alike: 1 experiments, 1 runs with 1 metric values", _course.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_course.PathOf("exported/0/meta.yaml")));

        var other = $"sqlite:///{_course.PathOf("other.db")}";
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("import", _course.PathOf("exported"), "--backend-store-uri", other, "--default-artifact-root", _course.PathOf("copies")));
        using (var client = new MlflowClient(other))
        {
            var copy = Assert.Single(client.SearchRuns([client.GetExperimentByName("digits")!.ExperimentId]));
            Assert.Equal((0.5, run), (copy.Data.Metrics["loss"], copy.Data.Tags["mlflowsharp.copiedFromRun"]));
            Assert.StartsWith(_course.PathOf("copies"), copy.Info.ArtifactUri, StringComparison.Ordinal);
        }

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("import", _course.PathOf("exported"), "--backend-store-uri", other));
        Assert.Contains("nothing is written over", Assert.Single(_course.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_folder_is_not_taken_for_an_empty_store()
    {
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("import", _course.PathOf("nowhere"), "--backend-store-uri", Database));

        Assert.Contains("There is nothing at", _course.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_course.PathOf("nowhere")));
    }

    [Fact]
    public async Task Deleted_runs_are_shown_first_and_then_removed()
    {
        var run = WriteRun("digits");
        using (var client = new MlflowClient(Database))
            client.DeleteRun(run);

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("gc", "--backend-store-uri", Database, "--older-than", "1d"));
        Assert.Contains("Removed 0 experiments, 0 runs, 0 logged models; 1 deleted ones stay.", _course.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("gc", "--backend-store-uri", Database, "--dry-run"));
        Assert.Contains($"Would remove: run {run}", _course.Output, StringComparison.Ordinal);
        using (var client = new MlflowClient(Database))
            Assert.Equal(LifecycleStage.Deleted, client.GetRun(run).Info.LifecycleStage);
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("gc", "--backend-store-uri", Database));
        Assert.Contains("Removed 0 experiments, 1 runs", _course.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("gc", "--backend-store-uri", Database, "--older-than", "soon"));
        Assert.Contains("'soon' is no age", _course.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0s", 0)]
    [InlineData("30d", 30 * 86400)]
    [InlineData("1d2h3m4s", 93784)]
    [InlineData("1.5h", 5400)]
    public void Ages_are_written_as_in_MLflow(string text, double seconds) => Assert.Equal(seconds, Age.Parse(text).TotalSeconds);

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("2h1d")]
    [InlineData("-1d")]
    [InlineData("1d ")]
    public void Other_texts_are_no_ages(string text) => Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => Age.Parse(text)).ErrorCode);

    private string WriteRun(string experiment)
    {
        using var client = new MlflowClient(Database, new() { DefaultArtifactRoot = _course.PathOf("mlruns") });
        var run = client.CreateRun(client.CreateExperiment(experiment)).Info.RunId;
        client.LogBatch(run, [new("loss", 0.5, 1, 2)], [], []);
        client.LogText(run, "text", "a.txt");
        return run;
    }
}
