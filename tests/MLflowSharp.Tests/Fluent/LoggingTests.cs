namespace MLflowSharp.Tests.Fluent;

public sealed class LoggingTests : FluentTest
{
    [Fact]
    public void A_dataset_is_logged_with_its_context_and_tags()
    {
        using var run = Mlflow.StartRun();
        Mlflow.LogInput(new("mnist", "1", "local", "{}"), "train", new Dictionary<string, string> { ["rows"] = "60000" });
        Mlflow.LogInput(new("plain", "1", "code", "{}"));
        var inputs = Mlflow.GetRun(run.RunId).Inputs.DatasetInputs.ToDictionary(input => input.Dataset.Name, input => input.Tags);
        Assert.Equal([new("mlflow.data.context", "train"), new InputTag("rows", "60000")], inputs["mnist"].OrderBy(tag => tag.Key, StringComparer.Ordinal));
        Assert.Empty(inputs["plain"]);
    }

    [Fact]
    public void Parameters_come_from_dictionaries_and_objects_but_not_from_lists()
    {
        using var run = Mlflow.StartRun();
        Mlflow.LogParams(new Dictionary<string, object?> { ["a"] = 1.0, ["b"] = null });
        Mlflow.LogParams(new { c = 1e-7f, d = RunStatus.Finished });
        Assert.Equal(
            new Dictionary<string, string> { ["a"] = "1.0", ["b"] = "None", ["c"] = "1e-07", ["d"] = "Finished" }, Mlflow.GetRun(run.RunId).Data.Params);
        Assert.Contains("Got a list.", Assert.Throws<MlflowException>(() => Mlflow.LogParams(new[] { 1, 2 })).Message, StringComparison.Ordinal);
        Assert.Contains("Got 'text'.", Assert.Throws<MlflowException>(() => Mlflow.LogParams("text")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_is_written_in_the_format_that_the_name_asks_for()
    {
        using var run = Mlflow.StartRun();
        Mlflow.LogFigure(new Dot(), "plots/dot.svg");
        using var client = Folder.NewClient();
        Assert.Equal("<svg/>", File.ReadAllText(client.DownloadArtifacts(run.RunId, "plots/dot.svg")));
        Assert.Contains("ends in one of: .png, .svg", Assert.Throws<MlflowException>(() => Mlflow.LogFigure(new Dot(), "dot.pdf")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named_and_nothing_is_logged()
    {
        using var run = Mlflow.StartRun();
        Assert.Contains("No such file: 'none.txt'", Assert.Throws<MlflowException>(() => Mlflow.LogArtifact("none.txt")).Message, StringComparison.Ordinal);
        Assert.Contains("No such folder: 'none'", Assert.Throws<MlflowException>(() => Mlflow.LogArtifacts("none")).Message, StringComparison.Ordinal);
        using var client = Folder.NewClient();
        Assert.Empty(client.ListArtifacts(run.RunId));
    }

    [Fact]
    public void Steps_and_times_default_to_zero_and_now()
    {
        using var run = Mlflow.StartRun();
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        Mlflow.LogMetric("m", 1);
        Mlflow.LogMetric("m", 2, step: 5, timestamp: DateTimeOffset.UnixEpoch);
        using var client = Folder.NewClient();
        var history = client.GetMetricHistory(run.RunId, "m");
        Assert.Equal(new Metric("m", 2, 0, 5), history[0]);
        Assert.Equal(0, history[1].Step);
        Assert.InRange(history[1].Timestamp, before, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    }

    private sealed class Dot : IFigure
    {
        public IReadOnlyCollection<string> Extensions => [".svg", ".png"];

        public void Write(string extension, Stream destination) => destination.Write("<svg/>"u8);
    }
}
