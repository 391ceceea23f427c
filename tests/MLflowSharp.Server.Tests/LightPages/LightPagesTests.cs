namespace MLflowSharp.Server.Tests.LightPages;

/// <summary>What holds for every page.</summary>
public sealed class LightPagesTests : IDisposable
{
    private const string Nasty = "<script>alert('x')</script>\"&";

    private readonly PagesUnderTest _pages = new();

    public void Dispose() => _pages.Dispose();

    [Theory]
    [InlineData("/", 302, "light/experiments")]
    [InlineData("/light", 302, "light/experiments")]
    [InlineData("/light/", 302, "experiments")]
    public async Task The_first_page_is_found(string target, int status, string location)
    {
        using var api = new ApiUnderTest();

        var answer = await api.SendAsync("GET", target);

        Assert.Equal((status, location), (answer.Status, answer.Headers["Location"]));
    }

    [Fact]
    public async Task No_name_becomes_a_tag_on_any_page()
    {
        var experiment = await _pages.ExperimentAsync(Nasty);
        var run = await _pages.RunAsync(experiment, Nasty, 0.5, new Param("p", Nasty));
        var other = await _pages.RunAsync(experiment, "other", 0.25, new Param("p", "1"));
        await _pages.Store.LogBatchAsync(run, [], [], [new("t", Nasty), new("mlflow.note.content", Nasty), new("mlflow.source.name", Nasty)], PagesUnderTest.Cancellation);
        await _pages.Store.LogInputsAsync(run, [new(new(Nasty, "d", "local", Nasty, Nasty, Nasty), [new("mlflow.data.context", Nasty)])], null, PagesUnderTest.Cancellation);
        await _pages.Store.SetExperimentTagAsync(experiment, "mlflow.note.content", Nasty, PagesUnderTest.Cancellation);
        await _pages.WriteAsync(run, "table.csv", $"{Nasty.Replace("\"", "", StringComparison.Ordinal)},b\n<b>,2\n");
        await _pages.WriteAsync(run, "note.md", Nasty);
        await _pages.WriteAsync(run, "data.json", "{\"a\": \"<script>\"}");
        await _pages.WriteAsync(run, "text.txt", Nasty);
        const string Model = "<script>model\"&";
        await _pages.Registry.CreateRegisteredModelAsync(Model, new Dictionary<string, string> { ["t"] = Nasty }, Nasty, PagesUnderTest.Cancellation);
        await _pages.Registry.CreateModelVersionAsync(Model, $"/tmp/{Nasty}", run, new Dictionary<string, string> { ["t"] = Nasty }, null, Nasty, null, PagesUnderTest.Cancellation);
        await _pages.Registry.CreateModelVersionAsync(Model, "/tmp/x", other, null, null, Nasty, null, PagesUnderTest.Cancellation);
        var (name, search) = (Uri.EscapeDataString(Model), Uri.EscapeDataString(Nasty));
        string[] pages =
        [
            "experiments", $"experiments?search={search}", $"runs?experiment={experiment}", $"runs?experiment={experiment}&filter={search}", $"runs?experiment={experiment}&order={search}&column={search}",
            $"runs?experiment={experiment}&column=tags.t&column=params.p", $"run?id={run}", $"compare?run={run}&run={other}", $"chart?run={run}&run={other}&metric=loss", $"chart?run={run}&metric={search}",
            $"artifacts?run={run}", $"artifacts?run={run}&path=table.csv", $"artifacts?run={run}&path=note.md", $"artifacts?run={run}&path=data.json", $"artifacts?run={run}&path=text.txt", $"artifacts?run={run}&path={search}",
            "models", $"models?search={search.Replace("%22", "", StringComparison.Ordinal)}", $"model?name={name}", $"model-version?name={name}&version=1", $"versions?name={name}&first=1&second=2", $"run?id={search}", $"experiments?done={search}",
        ];
        foreach (var page in pages)
        {
            var answer = await _pages.GetAsync(page);
            var text = answer.Text;

            Assert.True(answer.Status is 200 or 400 or 404, $"{page}: {answer.Status} {text}");
            Assert.DoesNotContain("<script>", text, StringComparison.OrdinalIgnoreCase);
            Assert.False(text.Contains("&lt;p", StringComparison.Ordinal) || text.Contains("&lt;td", StringComparison.Ordinal) || text.Contains("&lt;a ", StringComparison.Ordinal) || text.Contains("&lt;span", StringComparison.Ordinal), $"{page} shows tags of its own as text.");
            Assert.Contains("<html lang=\"en\">", text, StringComparison.Ordinal);
            Assert.Equal(2, text.Split("<h1>", StringSplitOptions.None).Length);
            Assert.Contains("default-src 'none'", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.DoesNotContain(" style=\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain(" onclick", text.Replace("&#x27;", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_not_there_is_a_page_that_says_so()
    {
        foreach (var page in (string[])["runs?experiment=99", "run?id=nope", "run?id=00000000000000000000000000000000", "model?name=nope", "model-version?name=nope&version=1", "artifacts?model=m-1", "chart?run=nope&metric=a"])
        {
            var answer = await _pages.GetAsync(page);

            Assert.Equal((404, "text/html; charset=utf-8"), (answer.Status, answer.ContentType));
            Assert.Contains("role=\"alert\"", answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(400, (await _pages.GetAsync("runs")).Status);
        Assert.Equal(400, (await _pages.GetAsync("compare")).Status);
        Assert.Equal(404, (await _pages.GetAsync("nope")).Status);
        Assert.Equal(405, (await _pages.GetAsync("create-experiment")).Status);
    }

    [Fact]
    public async Task Style_and_script_are_kept_by_browsers_and_come_from_here()
    {
        var text = (await _pages.GetAsync("experiments")).Text;
        Assert.DoesNotContain("//", text.Replace("http://127.0.0.1:5000", "", StringComparison.Ordinal), StringComparison.Ordinal);

        foreach (var (asset, type) in new[] { ("pages.css", "text/css; charset=utf-8"), ("pages.js", "text/javascript; charset=utf-8") })
        {
            var address = text[text.IndexOf(asset, StringComparison.Ordinal)..].Split('"')[0];
            var answer = await _pages.GetAsync(address);
            Assert.Equal((200, type), (answer.Status, answer.ContentType));
            Assert.Contains("immutable", answer.Headers["Cache-Control"], StringComparison.Ordinal);
            Assert.DoesNotContain("http", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Empty_places_say_how_something_comes_there()
    {
        var experiment = await _pages.ExperimentAsync("first");

        Assert.Contains("No runs yet", (await _pages.GetAsync($"runs?experiment={experiment}")).Text, StringComparison.Ordinal);
        Assert.Contains("Mlflow.SetExperiment(&quot;first&quot;);", (await _pages.GetAsync($"runs?experiment={experiment}")).Text, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:5000", (await _pages.GetAsync("models")).Text, StringComparison.Ordinal);
        Assert.Contains("No registered models yet", (await _pages.GetAsync("models")).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing was deleted", (await _pages.GetAsync("experiments?view=deleted")).Text, StringComparison.Ordinal);
    }
}
