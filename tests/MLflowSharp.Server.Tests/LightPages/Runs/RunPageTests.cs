namespace MLflowSharp.Server.Tests.LightPages.Runs;

public sealed class RunPageTests : IAsyncLifetime
{
    private readonly PagesUnderTest _pages = new();
    private string _experiment = "";
    private string _run = "";

    public async ValueTask InitializeAsync()
    {
        _experiment = await _pages.ExperimentAsync("digits");
        _run = await _pages.RunAsync(_experiment, "first", 0.125, new Param("optimizer", "Adam"));
    }

    public ValueTask DisposeAsync()
    {
        _pages.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task It_shows_all_that_was_logged()
    {
        await _pages.Store.LogBatchAsync(_run, [new("nan", double.NaN, 1), new("tiny", 1.5e-9, 1)], [], [new("purpose", "test"), new("mlflow.note.content", "**bold**")], PagesUnderTest.Cancellation);
        await _pages.Store.LogInputsAsync(_run, [new(new("mnist", "abc", "local", "{\"uri\": \"data\"}", "{}", "{\"rows\": 3}"), [new("mlflow.data.context", "train")])], null, PagesUnderTest.Cancellation);
        await _pages.WriteAsync(_run, "plots/loss.txt", "x");
        var used = await _pages.ModelAsync(_experiment, await _pages.RunAsync(_experiment, "teacher"));
        await _pages.Store.LogInputsAsync(_run, [], [new(used.ModelId)], PagesUnderTest.Cancellation);

        var text = (await _pages.GetAsync($"run?id={_run}")).Text;

        string[] parts = ["<h1>first</h1>", "optimizer", "Adam", "0.125", "NaN", "1.5e-9", "purpose: test", "<strong>bold</strong>", "mnist", "train", "plots/", "1 min 30 s", "by aino", "<svg", "Models used", used.ModelId];
        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_is_renamed_described_tagged_deleted_and_restored_by_forms()
    {
        var page = $"run?id={_run}";
        await _pages.SendAsync(page, "rename-run", ("name", "second"));
        await _pages.SendAsync(page, "describe-run", ("text", "two\r\nlines"));
        await _pages.SendAsync(page, "tag-run", ("key", "quality"), ("value", "good"));
        await _pages.SendAsync(page, "tag-run", ("key", "empty"), ("value", ""));
        Assert.Contains("quality: good", (await _pages.GetAsync(page)).Text, StringComparison.Ordinal);
        await _pages.SendAsync(page, "untag-run");
        await _pages.SendAsync(page, "delete-run");
        Assert.Contains(">Deleted<", (await _pages.GetAsync(page)).Text, StringComparison.Ordinal);
        await _pages.SendAsync(page, "restore-run");

        var run = await _pages.Store.GetRunAsync(_run, PagesUnderTest.Cancellation);
        Assert.Equal(("second", "two\nlines", LifecycleStage.Active), (run.Info.RunName, run.Data.Tags["mlflow.note.content"], run.Info.LifecycleStage));
        // The first tag in the list was removed.
        Assert.Equal((false, true), (run.Data.Tags.ContainsKey("empty"), run.Data.Tags.ContainsKey("quality")));
    }

    [Fact]
    public async Task A_chart_has_scales_axes_and_smoothing_by_its_form()
    {
        var other = await _pages.RunAsync(_experiment, "second", 0.25);
        foreach (var choice in (string[])["", "&scale=log", "&along=time", "&along=clock&smooth=0.9", "&smooth=7&scale=odd&along=odd"])
        {
            var text = (await _pages.GetAsync($"chart?run={_run}&run={other}&metric=loss{choice}")).Text;

            Assert.Equal(2, text.Split("<g class=\"line").Length - 1);
            Assert.Equal(choice.Contains("0.9", StringComparison.Ordinal), text.Contains("class=\"raw\"", StringComparison.Ordinal));
            Assert.Contains("loss</h1>", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Compared_runs_have_their_differences_marked()
    {
        var other = await _pages.RunAsync(_experiment, "second", 0.25, new("optimizer", "SGD"), new("seed", "1"));

        var all = (await _pages.GetAsync($"compare?run={_run}&run={other}")).Text;
        var only = (await _pages.GetAsync($"compare?run={_run}&run={other}&only=differences")).Text;

        Assert.Contains("class=\"differs\"", all, StringComparison.Ordinal);
        Assert.Contains(">State<", all, StringComparison.Ordinal);
        Assert.DoesNotContain(">State<", only, StringComparison.Ordinal);
        Assert.All((string[])["Adam", "SGD", "seed", "0.125", "0.25", "Parameters and metrics together"], part => Assert.Contains(part, only, StringComparison.Ordinal));
    }
}
