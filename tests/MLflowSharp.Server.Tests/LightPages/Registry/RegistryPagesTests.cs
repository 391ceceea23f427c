using MLflowSharp.Server.Runs;

namespace MLflowSharp.Server.Tests.LightPages.Registry;

public sealed class RegistryPagesTests : IAsyncLifetime
{
    private readonly PagesUnderTest _pages = new();
    private string _first = "";
    private string _second = "";

    public async ValueTask InitializeAsync()
    {
        var experiment = await _pages.ExperimentAsync("digits");
        _first = await _pages.RunAsync(experiment, "first", 0.5, new Param("optimizer", "SGD"));
        _second = await _pages.RunAsync(experiment, "second", 0.25, new Param("optimizer", "Adam"));
        await _pages.ModelAsync(experiment, _first);
        await _pages.ModelAsync(experiment, _second);
    }

    public ValueTask DisposeAsync()
    {
        _pages.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_runs_model_is_registered_and_aliases_change_by_forms()
    {
        var registered = await _pages.SendAsync($"run?id={_first}", "register", ("name", "digits"));
        Assert.Equal((303, "model-version?name=digits&version=1&done=registered"), (registered.Status, registered.Headers["Location"]));
        await _pages.SendAsync($"run?id={_second}", "register", ("name", "digits"));
        await _pages.SendAsync("model-version?name=digits&version=1", "set-alias", ("alias", "champion"));
        await _pages.SendAsync("model-version?name=digits&version=2", "set-alias", ("alias", "challenger"));

        var version = await _pages.Registry.GetModelVersionByAliasAsync("digits", "champion", PagesUnderTest.Cancellation);
        Assert.Equal(("1", _first), (version.Version, version.RunId));
        Assert.Contains("digits, version 1", (await _pages.GetAsync($"run?id={_first}")).Text, StringComparison.Ordinal);
        Assert.Contains("Compare champion and challenger", (await _pages.GetAsync("model?name=digits")).Text, StringComparison.Ordinal);

        var versions = (await _pages.GetAsync("versions?name=digits&first=1&second=2")).Text;
        Assert.All((string[])["▼ -0.25", "▲ &#x2B;0.25", "SGD", "Adam", "Make version 2 the champion"], part => Assert.Contains(part, versions, StringComparison.Ordinal));
        Assert.DoesNotContain("Make version 1 the champion", versions, StringComparison.Ordinal);
        var changed = await _pages.SendAsync("versions?name=digits&first=1&second=2", "set-alias");
        Assert.Equal("versions?name=digits&first=1&second=2&done=alias-set", changed.Headers["Location"]);
        Assert.Equal("2", (await _pages.Registry.GetModelVersionByAliasAsync("digits", "champion", PagesUnderTest.Cancellation)).Version);
        await _pages.SendAsync("model-version?name=digits&version=2", "remove-alias");

        Assert.Equal(["champion"], (await _pages.Registry.GetModelVersionAsync("digits", "2", PagesUnderTest.Cancellation)).Aliases);
    }

    [Fact]
    public async Task An_alias_that_MLflow_refuses_is_refused_beside_the_form()
    {
        await _pages.SendAsync($"run?id={_first}", "register", ("name", "digits"));

        var answer = await _pages.SendAsync("model?name=digits", "set-alias", ("alias", "v1"));

        Assert.Equal(400, answer.Status);
        Assert.Contains("role=\"alert\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("<h1>digits</h1>", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_model_was_deleted_is_shown_without_it()
    {
        var model = (await _pages.Store.GetRunAsync(_first, PagesUnderTest.Cancellation)).Outputs.ModelOutputs[0].ModelId;
        await _pages.Store.DeleteLoggedModelAsync(model, PagesUnderTest.Cancellation);

        var answer = await _pages.GetAsync($"run?id={_first}");

        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain("Register as", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_outside_the_run_is_not_registered()
    {
        var answer = await _pages.PostAsync("register", [("form-token", await _pages.TokenAsync()), ("from", $"run?id={_first}"), ("run", _first), ("source", "/etc"), ("name", "stolen")]);

        Assert.Equal(400, answer.Status);
        Assert.Empty(await _pages.Registry.SearchRegisteredModelsAsync("name = 'stolen'", 1, null, null, PagesUnderTest.Cancellation));
    }

    [Fact]
    public async Task A_model_among_the_files_of_a_run_of_MLflow_2_is_registered_too()
    {
        var run = await _pages.RunAsync(await _pages.ExperimentAsync("old"), "old");
        await _pages.Store.LogBatchAsync(run, [], [], [new(ModelHistory.Tag, "[{\"artifact_path\": \"model\", \"run_id\": \"x\"}]")], PagesUnderTest.Cancellation);

        Assert.Equal(303, (await _pages.SendAsync($"run?id={run}", "register", ("name", "old"))).Status);

        Assert.Equal(run, (await _pages.Registry.GetModelVersionAsync("old", "1", PagesUnderTest.Cancellation)).RunId);
        Assert.Contains("old, version 1", (await _pages.GetAsync($"run?id={run}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_and_versions_are_described_tagged_renamed_and_deleted_by_forms()
    {
        await _pages.SendAsync("models", "create-model", ("name", "digits"));
        await _pages.SendAsync($"run?id={_first}", "register", ("name", "digits"));
        await _pages.SendAsync("model?name=digits", "describe-model", ("text", "*Reads* digits"));
        await _pages.SendAsync("model?name=digits", "tag-model", ("key", "task"), ("value", "digits"));
        await _pages.SendAsync("model-version?name=digits&version=1", "describe-version", ("text", "The first"));
        await _pages.SendAsync("model-version?name=digits&version=1", "tag-version", ("key", "tested"), ("value", "yes"));
        Assert.Contains("<em>Reads</em> digits", (await _pages.GetAsync("model?name=digits")).Text, StringComparison.Ordinal);
        Assert.Contains("tested: yes", (await _pages.GetAsync("model-version?name=digits&version=1")).Text, StringComparison.Ordinal);
        await _pages.SendAsync("model?name=digits", "untag-model");
        await _pages.SendAsync("model-version?name=digits&version=1", "untag-version");
        Assert.Equal("model?name=numbers&done=renamed", (await _pages.SendAsync("model?name=digits", "rename-model", ("name", "numbers"))).Headers["Location"]);

        Assert.Equal("model?name=numbers&done=deleted", (await _pages.SendAsync("model-version?name=numbers&version=1", "delete-version")).Headers["Location"]);
        Assert.Equal("models?done=deleted", (await _pages.SendAsync("model?name=numbers", "delete-model")).Headers["Location"]);

        Assert.Empty(await _pages.Registry.SearchRegisteredModelsAsync(null, 10, null, null, PagesUnderTest.Cancellation));
    }
}
